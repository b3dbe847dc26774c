/** Puts the service worker behind the page, where the browser allows one: on https, and on this machine. */
export function startWorker(): void {
  if (!import.meta.env.PROD || !isSecureContext || !("serviceWorker" in navigator)) return;
  // Without one the page works as long as there is a signal.
  navigator.serviceWorker.register("/sw.js", { scope: "/" }).catch(() => {});
}
