/** Brings the `#place` of the address into sight: a page that has just been made has none yet when the browser looks. */
export function showPlace(): void {
  const id = decodeURIComponent(location.hash.slice(1))
  // After the page was put to its top.
  if (id) setTimeout(() => document.getElementById(id)?.scrollIntoView())
}
