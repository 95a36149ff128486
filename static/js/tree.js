// The tree (data-tree): ↑ ↓ go between the organisations that are shown, → opens one or goes into it, ← closes or goes up.
// Opening itself is the browser's own <details>; htmx fetches the level.
function lines(tree) {
  const heads = Array.from(tree.querySelectorAll("summary, .tree-leaf > .tree-name, .tree-more > a"));
  return heads.filter((head) => !head.closest("details:not([open]) > ul"));
}

function openOrEnter(head, all) {
  const details = head.tagName === "SUMMARY" ? head.parentElement : null;
  if (!details) return null;
  if (!details.open) {
    details.open = true;
    return null;
  }
  return all[all.indexOf(head) + 1];
}

function closeOrLeave(head) {
  if (head.tagName === "SUMMARY" && head.parentElement.open) {
    head.parentElement.open = false;
    return null;
  }
  const above = head.closest("ul").closest("details");
  return above ? above.querySelector("summary") : null;
}

for (const tree of document.querySelectorAll("[data-tree]")) {
  tree.addEventListener("keydown", (event) => {
    const head = event.target.closest("summary, .tree-leaf > .tree-name, .tree-more > a");
    if (!head || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = lines(tree);
    const at = all.indexOf(head);
    const moves = {
      ArrowDown: () => all[at + 1],
      ArrowUp: () => all[at - 1],
      ArrowRight: () => openOrEnter(head, all),
      ArrowLeft: () => closeOrLeave(head),
      Home: () => all[0],
      End: () => all[all.length - 1],
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    const next = moves[event.key]();
    if (next) next.focus();
  });
}
