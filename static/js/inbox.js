// 操作中心 ([data-inbox]): J and K open the next and the previous item beside the list without leaving the page,
// A goes to 同意, R to the reason of 退回. Keys do nothing while something is being typed.
const inbox = document.querySelector("[data-inbox]");

const links = () => Array.from(inbox.querySelectorAll("[data-inbox-item]"));

const mark = (link) => {
  for (const each of links()) {
    const here = each === link;
    each.toggleAttribute("aria-current", here);
    if (here) each.setAttribute("aria-current", "true");
    each.closest("li").classList.toggle("is-shown", here);
  }
};

const open = async (link) => {
  let page;
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    page = null;
  }
  const detail = page && page.querySelector("[data-inbox-detail]");
  if (!detail) {
    window.location.assign(link.href);
    return;
  }
  inbox.querySelector("[data-inbox-detail]").replaceChildren(...detail.childNodes);
  inbox.classList.add("is-open");
  mark(link);
  link.scrollIntoView({ block: "nearest" });
  window.history.replaceState(null, "", link.href);
};

const step = (by) => {
  const all = links();
  const at = all.findIndex((link) => link.getAttribute("aria-current") === "true");
  const next = all[at + by];
  if (next) open(next);
};

const acts = {
  j: () => step(1),
  k: () => step(-1),
  a: () => inbox.querySelector("[data-inbox-approve]")?.focus(),
  r: () => inbox.querySelector("[data-inbox-detail] textarea")?.focus(),
};

if (inbox) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    const act = acts[event.key.toLowerCase()];
    if (!act || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  inbox.addEventListener("click", (event) => {
    const link = event.target.closest("[data-inbox-item]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(link);
  });
}
