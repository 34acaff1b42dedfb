// Extras: every page works without this file.
function add(list, text, act) {
  const item = document.createElement("li");
  const button = item.appendChild(document.createElement("button"));
  button.type = "button";
  button.className = "button";
  button.textContent = text;
  button.addEventListener("click", () => act(item));
  list.prepend(item);
}

async function copy(url, item) {
  const told = item.parentElement.nextElementSibling;
  try {
    await navigator.clipboard.writeText(url);
    told.textContent = "The link is copied.";
  } catch {
    told.textContent = `This is the link: ${url}`;
  }
}

for (const list of document.querySelectorAll("[data-share]")) {
  const { share: url, title } = list.dataset;
  add(list, "Copy link", (item) => copy(url, item));
  if (navigator.share) add(list, "Share", () => navigator.share({ title, url }).catch(() => {}));
}
