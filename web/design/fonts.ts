/** Each tells the browser which file holds which characters; the files come when a text needs them. */
const sheets: Record<string, () => Promise<unknown>> = {
  zh: () => import('@fontsource-variable/noto-sans-sc/index.css'),
  ja: () => import('@fontsource-variable/noto-sans-jp/index.css'),
  ko: () => import('@fontsource-variable/noto-sans-kr/index.css'),
  ar: () => import('@fontsource-variable/noto-sans-arabic/index.css'),
}

/**
 * Those of the page's language at once; the others when the page stands and nothing else is to be done,
 * for names and words in other languages, also on a screen that has no fonts of its own.
 */
export function loadFonts(language: string): void {
  void load(language)
  const loadAll = () => Object.keys(sheets).forEach((each) => void load(each))
  if (document.readyState === 'complete') return whenIdle(loadAll)
  addEventListener('load', () => whenIdle(loadAll), { once: true })
}

/** All files of a language that a text needs, before it is shown: when it is, there may be no server to ask. */
export async function fetchFonts(language: string, text: string): Promise<void> {
  await load(language)
  const root = getComputedStyle(document.documentElement)
  const family = root.getPropertyValue(`--font-${language}`)
  if (family) await document.fonts.load(`1em ${family}`, text).catch(() => {})
}

const redraws = new Set<() => void>()

/**
 * Calls `redraw` when letters have come, and when a sheet that names their files has: a canvas is not painted anew by
 * itself, and asks for the letters of a sheet only when it is. Returns the function that stops.
 */
export function onLetters(redraw: () => void): () => void {
  redraws.add(redraw)
  document.fonts.addEventListener('loadingdone', redraw)
  return () => {
    redraws.delete(redraw)
    document.fonts.removeEventListener('loadingdone', redraw)
  }
}

/** Without it, the machine's own fonts do. */
async function load(language: string): Promise<void> {
  const isThere = await sheets[language]?.().then(
    () => true,
    () => false,
  )
  if (isThere) redraws.forEach((redraw) => redraw())
}

/** Safari has no idle callback. */
function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act)
  else setTimeout(act, 1_000)
}
