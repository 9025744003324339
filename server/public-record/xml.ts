/** What XML 1.0 has no way to say, also not as a reference. */
const IMPOSSIBLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
}

/** Any text as content or as a value between quotes; what cannot be said becomes U+FFFD. */
export function xmlText(text: string): string {
  return text.replace(IMPOSSIBLE, '\u{FFFD}').replace(/[&<>"'\r]/g, (sign) => escapes[sign]!)
}
