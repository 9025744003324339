/**
 * What passwords are made of everywhere, and words of this place: the beginnings of every list of leaked ones,
 * reduced to what they are built from, since with twelve characters they come combined and decorated.
 */
const COMMON = `
  password passwort passwd motdepasse contrasena senha wachtwoord parola salasana haslo mima
  admin administrator root user username login welcome willkommen bienvenue letmein letmeinnow changeme
  default guest master secret sesame opensesame trustno access qwerty qwertz azerty asdfgh zxcvbn yxcvbn
  qazwsx wsxedc qwer asdf zxcv iloveyou ilove loveyou lovely sunshine princess prinzessin dragon monkey
  football baseball basketball soccer hockey superman batman spiderman starwars pokemon naruto minecraft
  michael jennifer jessica ashley daniel charlie jordan thomas andrew robert matthew joshua hunter killer
  shadow flower hello hallo bonjour freedom whatever computer internet google facebook instagram samsung
  apple microsoft windows summer winter spring autumn sommer monday friday january december liverpool
  chelsea arsenal barcelona cheese cookie banana chocolate family forever nothing please thankyou
  correct horse battery staple clerestory dashboard observer official secretariat government city council
  woaini nihao beijing shanghai taipei test testing demo temp sample example abcdef
`.match(/\S+/g)!

/** The longest first: what stands within another is not to break it. */
const byLength = (words: readonly string[]) => [...words].sort((a, b) => b.length - a.length)
const common = byLength(COMMON)

/** Characters that must remain when everything that anybody tries first is left out. */
const OWN = 4

const leet: Record<string, string> = {
  ...{
    '0': 'o',
    '1': 'i',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '7': 't',
    '8': 'b',
    '@': 'a',
    $: 's',
    '!': 'i',
  },
}

/**
 * True of a password that is made of common ones, of one's own name or address, or of runs such as 123456 and
 * aaaaaa, whatever is put between them.
 */
export function isGuessable(password: string, own: readonly string[] = []): boolean {
  const text = password.normalize('NFKC').toLowerCase()
  const words = [...byLength(own.flatMap(wordsIn)), ...common]
  // As it is written, and as it is read when digits stand for letters.
  return [text, text.replace(/[0134578@$!]/g, (sign) => leet[sign]!)].some(
    (read) => ownIn(read, words) < OWN,
  )
}

const wordsIn = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3)

/** How many different characters are left that no list and no run has. */
function ownIn(text: string, words: readonly string[]): number {
  const rest = words.reduce((left, word) => left.replaceAll(word, ' '), text)
  const signs = [...rest].filter((sign, at, all) => isOwn(sign, all[at - 1]))
  return new Set(signs).size
}

/** Neither a blank or a digit, nor the one before it again or the next in the alphabet. */
function isOwn(sign: string, before: string | undefined): boolean {
  if (/[\s\d\p{P}\p{S}]/u.test(sign)) return false
  const step = sign.codePointAt(0)! - (before?.codePointAt(0) ?? Infinity)
  return Math.abs(step) > 1
}
