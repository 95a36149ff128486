// Coming from the 帮助中心 to a place on the page (#id): it is unfolded, brought into view, marked and focused.
const goal = document.getElementById(location.hash.slice(1));
const helped = document.referrer.startsWith(`${location.origin}/help/`);

function unfold(place) {
  for (let box = place.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
}

function inDrawer(link) {
  const twin = [...document.querySelectorAll(".drawer a")].find((each) => each.href === link.href);
  if (twin) unfold(twin);
  return twin || link;
}

function arrive(place) {
  unfold(place);
  const hidden = !place.getClientRects().length;
  const shown = hidden && place.matches(".menu-item") ? inDrawer(place) : place;
  const marked = shown.closest(".field") || shown;
  marked.classList.add("is-here");
  if (!shown.matches("a, button, input, select, textarea, summary")) shown.tabIndex = -1;
  shown.focus({ preventScroll: true });
  marked.scrollIntoView({ block: "center" });
}

// After the browser's own jump to the place, which would take the focus away again.
if (goal && helped && goal.id !== "main") {
  window.addEventListener("load", () => requestAnimationFrame(() => arrive(goal)));
}

// Whoever has to sign in first keeps the place.
const next = document.querySelector("form input[name=next]");
if (next && next.value && location.hash && !goal && !next.value.includes("#")) next.value += location.hash;
