"""The figures the domain rules call settings, with their defaults."""

REGISTRATION_CODE_DAYS = 20  # §4: to 24:00 of the 20th day after the day of issue
CODE_EXPIRING_DAYS = 3  # a registration code that ends within these days is a to-do of the superior
RESET_CODE_HOURS = 48  # §3
INITIAL_PASSWORD_DAYS = None  # §3: no limit unless an installation sets one
NUMBER_REQUIRED_FROM = "2016-01"  # §5: 发展团员编号 for those who joined from this month
JOINING_AGE_12_BEFORE = "2016-09"  # §5: before this month 12 years were enough
FULL_NUMBER_QUOTA = 5000  # people whose full numbers one account exports in a day
EXPORT_ROWS = 20_000  # rows of one exported list, made while somebody waits
ARCHIVE_PEOPLE, ARCHIVE_BRANCHES = 50_000, 2_000  # of one ZIP with a workbook for each branch

SIGNIN_FAILURES = 5  # §3: failures for one ID within SIGNIN_WAIT_MINUTES …
SIGNIN_WAIT_MINUTES = 15  # … make unknown devices wait as long
ADDRESS_IDS = 30  # §3: an address waits when more different IDs than this failed …
ADDRESS_WINDOW_MINUTES = 10  # … within this window

NAME_FAILURES = 3  # §3: so many wrong names at the first sign-in …
NAME_CLOSED_HOURS = 24  # … close the initial password as long
FIRST_SIGN_IN_MINUTES = 15  # to give the name and the new password in
CODE_FAILURES = 5  # wrong 重置密码验证码 for one ID or from one address within SIGNIN_WAIT_MINUTES

SESSION_IDLE_MINUTES = 30
PASSWORD_FRESH_MINUTES = 5  # sensitive acts ask for the password again when it was given longer ago
SESSION_MAX_HOURS = 12

CLOSING_UNDO_DAYS = 30  # how long the deletion or merger of an organisation can be undone
REMOVAL_UNDO_DAYS = 30  # §5: how long the removal of a member can be undone
RENAME_AT_ONCE = 2_000  # organisations; larger subtrees are renamed by the worker

APPLICATIONS_PER_HOUR = 120  # from one address: a computer room is one
APPLICATION_KEEP_DAYS = 180  # how long the content of a decided application is kept

IMPORT_PAGE_BYTES = 5 * 1024 * 1024
IMPORT_PAGE_ROWS = 5_000
IMPORT_JOB_BYTES = 20 * 1024 * 1024
IMPORT_JOB_ROWS = 100_000
IMPORT_PIECE_ROWS = (
    2_000  # checked and written together; between two pieces progress is told and cancelling heard
)
IMPORT_BRAKE_PEOPLE = 10  # an import that changes more people of one branch than this …
IMPORT_BRAKE_SHARE = 0.3  # … and more than this share of it has to be confirmed specially
IMPORT_BRAKE_DOUBLED = 20  # so has one that more than doubles a branch of at least so many members
IMPORT_KEEP_DAYS = 30
UPLOADS_PER_HOUR = 60
SCAN_BYTES = 20 * 1024 * 1024  # §5: the PDF of a 入团志愿书
SCAN_KEEP_DAYS = 30  # a scan that was sent back or withdrawn
MERGER_UNDO_DAYS = 30  # how long two merged accounts can be parted again
MATCHING_KEEP_DAYS = 7  # how long a list brought for 名单对账 is kept
FIGURES_LIVE_UP_TO = 20_000  # members, or organisations, of a subtree; larger ones are counted once a day
FIGURES_AT_HOUR = 3  # … from this hour on
FIGURES_AGAIN_MINUTES = 10  # so long after a count nobody may ask for another one
FIGURES_KEEP_DAYS = 30
HOME_SOON_DAYS = 3  # 管理员首页: a day within so many days is urgent …
HOME_LONG_DAYS = 7  # … so is what has waited so long
HOME_TERM_DAYS = 60  # 换届时间 is told so long before
ROSTER_EXPORT_ROWS = 50_000  # people in one workbook of a past day's roster

TRANSFER_DAYS = 10  # §6.4: a pending approval lapses so many days after it reached its side …
TRANSFER_REMIND_DAYS = (3, 7)  # … with reminders on these days
TRANSFER_WATCH_DAY = 7  # from this day the lowest common superior of both sides sees the case and may remind
# §6.2: destinations outside the system, as users read them; those of STORED are decided by the province.
TRANSFER_OUTSIDE = {"beijing": "北京市", "guangdong": "广东省", "fujian": "福建省", "secret": "涉密单位"}
GRADUATION_DAY = (6, 1)  # §6.6: month and day on which marked branches become 毕业生团支部
GRADUATION_DEADLINE = (8, 31)  # by which graduates leave, where no superior has set a day
GRADUATION_TARGET = 100  # per cent of the graduates whose transfer is to have begun …
GRADUATION_WARN_DAYS = 30  # … so many days before the deadline; what is below is a to-do
GRADUATION_AT_ONCE = 500  # branches marked in one act
TRANSFER_LIST_DAYS = 7  # how long a list of people to send, or to ask after, is kept
ADMISSION_DAYS = 180  # how long the 录取名单 of a college is kept
FRESHMEN_SEASON = (8, 1)  # §6.7: month and day from which whoever comes is a newcomer of this year
LETTER_DAYS = 90  # §6.8: how long a 介绍信 is valid
