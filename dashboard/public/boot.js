// Runs before the first paint, so that a chosen theme or direction never flashes the other one.
(() => {
  const root = document.documentElement;
  let saved = {};
  try {
    saved = JSON.parse(localStorage.getItem("leadsmart.preferences") || "{}") || {};
  } catch {
    saved = {};
  }
  const wanted = saved.language || (navigator.language || "").slice(0, 2);
  const language = wanted === "ar" ? "ar" : "en";
  root.lang = language;
  root.dir = language === "ar" ? "rtl" : "ltr";
  if (saved.theme === "light" || saved.theme === "dark") root.dataset.theme = saved.theme;
})();
