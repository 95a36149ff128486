"""Error pages in Chinese: what happened, what to do, and the id to quote; never a trace."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from zhtj.help import topics
from zhtj.help.topic import Topic
from zhtj.lib import retry, trace
from zhtj.lib.verdict import Verdict

RETRY_SECONDS = 10


def page(request: HttpRequest, status: int, title: str, reason: str, remedy: str = "") -> HttpResponse:
    """The error page with its five facts, and the answer of the 帮助中心 where it has one."""
    context = {
        "title": title,
        "reason": reason,
        "remedy": remedy,
        "request_id": trace.current.get(),
        "status": status,
        "answer": _answer(request, f"{title}。{reason}{remedy}", refused=status == 403),
    }
    return HttpResponse(render_to_string("error.html", context), status=status)


def _answer(request: HttpRequest, text: str, *, refused: bool) -> Topic | None:
    """By what is said; a refusal is at home on its page, other errors are not about it."""
    match = request.resolver_match
    name = match.view_name if match else ""
    return topics.answer_for(text, name) if refused else topics.by_phrase(text, name)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read; 413 where it is only too big."""
    if isinstance(exception, RequestDataTooBig):
        return page(request, 413, "提交的内容太大", "提交的内容超过了允许的大小。", "请减少内容后再试。")
    return page(request, 400, "提交的内容无法读取", "它不完整，或者格式不对。", "请返回上一页重新填写。")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 without a verdict."""
    return page(
        request, 403, "不能这样操作", "您没有进行这项操作的权限。", "请联系本组织或上级组织的管理员。"
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: out of scope and non-existent look alike."""
    return page(request, 404, "没有这个页面", "地址有误，或者内容不在您的管理范围内。", "请从首页重新进入。")


def refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """403 with the reason and remedy of the rule that said no; many remedies go on with the sentence."""
    return page(request, 403, "不能这样操作", verdict.message)


def gone(request: HttpRequest) -> HttpResponse:
    """409: what the act was about has been taken away by somebody else a moment before."""
    reason = "刚刚有人改动或撤销了相关内容，这次操作没有保存。"
    return page(request, 409, "内容已有变化", reason, "请返回上一页，刷新后再试。")


def not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """405 as a page: somebody opened the address of a button, from the history or by reloading."""
    answer = page(
        request, 405, "这个地址不能直接打开", "它只用来提交页面上的操作。", "请回到原来的页面，再点一次按钮。"
    )
    answer["Allow"] = response.get("Allow", "")
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 where only the database is away or too busy."""
    fault = sys.exc_info()[1]
    if retry.sqlstate(fault) in retry.BUSY:
        return _later(request, "系统繁忙", "现在办理的人较多，这次操作没有保存。")
    if isinstance(fault, OperationalError | InterfaceError):
        return _later(request, "系统正在恢复", "数据库暂时没有应答，这次操作没有保存。")
    remedy = "请稍后再试；仍不行，请把下面的编号告诉上级管理员。"
    return page(request, 500, "系统出错了", "这次操作没有完成，已经记录下来。", remedy)


def _later(request: HttpRequest, title: str, reason: str) -> HttpResponse:
    response = page(request, 503, title, reason, "请过一会儿再试。")
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is missing or old."""
    return page(
        request,
        403,
        "页面已过期",
        "这个页面打开得太久，或者浏览器没有保存 Cookie。",
        "请返回上一页，刷新后重新提交。",
    )
