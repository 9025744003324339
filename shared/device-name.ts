const BROWSERS = { 'Edg/': 'Edge', 'Firefox/': 'Firefox', 'Chrome/': 'Chrome', 'Safari/': 'Safari' }
const SYSTEMS = {
  Android: 'Android',
  iPhone: 'iPhone',
  iPad: 'iPad',
  'Mac OS': 'macOS',
  Windows: 'Windows',
  Linux: 'Linux',
}

/** `Firefox, Linux`: as much of a browser's own words as its owner would recognise it by. */
export function deviceName(userAgent: string | null): string | undefined {
  const found = [BROWSERS, SYSTEMS].map((names) => firstIn(userAgent ?? '', names))
  return found.filter((name) => name !== undefined).join(', ') || undefined
}

const firstIn = (text: string, names: Readonly<Record<string, string>>): string | undefined =>
  Object.entries(names).find(([mark]) => text.includes(mark))?.[1]
