"""What the environment decides: mode, data folder, keys and database; production refuses to guess."""

import base64
import binascii
import json
import os
import secrets
import tempfile
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
KEY_BYTES = 32

env = environ.Env()


def read_mode() -> str:
    """`local` or `production`, from ZHTJ_ENV; production names at once everything it lacks."""
    mode = env.str("ZHTJ_ENV", default="local")
    if mode not in ("local", "production"):
        raise ImproperlyConfigured(f"ZHTJ_ENV 只能是 local 或 production，现在是 {mode}。")
    if mode == "production":
        _demand(["SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "DATABASE_URL"])
    return mode


def read_data_dir() -> Path:
    """The one folder that holds everything this installation writes."""
    return Path(env.str("ZHTJ_DATA", default=str(BASE_DIR / "var"))).expanduser().absolute()


def _demand(names: list[str]) -> None:
    """Raise unless every variable is set; all missing ones are named at once."""
    missing = [name for name in names if not env.str(name, default="")]
    if missing:
        raise ImproperlyConfigured(f"ZHTJ_ENV=production 需要设置环境变量：{'、'.join(missing)}。")


def read_keys(data_dir: Path, mode: str) -> tuple[str, dict[str, bytes], bytes]:
    """Secret key, field keys by id (the first is the active one) and index key."""
    stored = {} if mode == "production" else local_keys(data_dir / "keys.json")
    secret = env.str("SECRET_KEY", default=stored.get("SECRET_KEY", ""))
    fields = env.str("FIELD_KEYS", default=stored.get("FIELD_KEYS", ""))
    index = env.str("INDEX_KEY", default=stored.get("INDEX_KEY", ""))
    if len(secret) < KEY_BYTES:
        raise ImproperlyConfigured(f"SECRET_KEY 至少要有 {KEY_BYTES} 个字符。")
    return secret, parse_field_keys(fields), parse_key("INDEX_KEY", index)


def parse_field_keys(text: str) -> dict[str, bytes]:
    """`k2:<base64>,k1:<base64>` as a dictionary in the same order."""
    keys: dict[str, bytes] = {}
    for part in text.split(","):
        name, colon, value = part.strip().partition(":")
        if not name or not colon:
            raise ImproperlyConfigured("FIELD_KEYS 的格式是 k2:<base64>,k1:<base64>，第一把用于加密。")
        if name in keys:
            raise ImproperlyConfigured(f"FIELD_KEYS 中 {name} 出现了两次。")
        keys[name] = parse_key(f"FIELD_KEYS 的 {name}", value)
    return keys


def parse_key(label: str, text: str) -> bytes:
    """32 bytes from base64; the message never repeats the value."""
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"{label} 必须是 {KEY_BYTES} 字节的 base64。")
    return key


def local_keys(path: Path) -> dict:
    """Keys of a local installation, made on first use in a file only its owner reads."""
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _publish(path, json.dumps(_fresh_keys(), indent=1))
        return json.loads(path.read_text(encoding="ascii"))
    except PermissionError:
        raise ImproperlyConfigured(
            f"不能读写数据文件夹 {path.parent}。请用它的所有者运行，或用 ZHTJ_DATA 指定另一个文件夹。"
        ) from None


def _fresh_keys() -> dict[str, str]:
    def key() -> str:
        return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")

    return {"SECRET_KEY": secrets.token_urlsafe(50), "FIELD_KEYS": f"k1:{key()}", "INDEX_KEY": key()}


def _publish(path: Path, text: str) -> None:
    """Write the whole file or lose to a neighbour that was faster; never half a file."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # 0600 by definition
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)


def read_database(data_dir: Path) -> dict:
    """Django's description of the database; without DATABASE_URL the embedded server in the data folder."""
    url = env.str("DATABASE_URL", default="")
    timeouts = "-c lock_timeout={} -c statement_timeout={}".format(
        env.str("ZHTJ_LOCK_TIMEOUT", default="5s"), env.str("ZHTJ_STATEMENT_TIMEOUT", default="60s")
    )
    database: dict = {"NAME": "zhtj", "USER": "zhtj", "EMBEDDED": str(data_dir / "postgres")}
    if url:
        database = environ.Env.db_url_config(url)
        if "postgresql" not in database["ENGINE"]:
            raise ImproperlyConfigured("DATABASE_URL 必须指向 PostgreSQL（15 或更新）。")
        database["EMBEDDED"] = ""
    options = {"connect_timeout": 5, **database.get("OPTIONS", {}), "options": timeouts}
    return {
        **database,
        "ENGINE": "zhtj.postgres",
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
