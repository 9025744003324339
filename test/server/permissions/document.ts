import { format, resolveConfig } from 'prettier'
import { castings, type Cell, grounds, rules, standings, terms } from './rules.ts'

export interface Answered extends Cell {
  outcome: string
}

const INTRODUCTION = `# Who may do what

Every answer here was given by a whole server, over HTTP, to a session of its own, to each kind of act under each
appointment: \`test/server/permissions/matrix.test.ts\` asks for all of them and compares the answers with rules
written by hand (\`rules.ts\` beside it) and with this page, which it writes. A kind of act that the database knows
and the rules do not fails it.

Whoever is not signed in, has given a password and no second factor yet, holds a session that has ended, or a
cookie that we did not sign, is answered 401 to every one of them. Who is signed in and holds no appointment is
answered 403 to every one. What a role may not do at all is a dash.

Over a socket nobody does any of it, whatever they hold: \`sockets.test.ts\` asks for each kind of act on each ground
over a socket of everybody in these tables, and of who could act also over one of each session that is nobody's; asks
what a page may follow, which is the same for all; and follows what is told: each act that was done here, and none
that was refused. Whose last current appointment ends by an act, and whose session ends, has no socket five seconds
later; every other one stays. Who brings the cookie of a session and says not from which page gets none at all.`

const JURISDICTION = `## By jurisdiction

With a term that runs, and nothing suspended or revoked. *Covers* to *about nothing*: of an appointment that is
limited to one agency, one area and one category, what its subject is about; *everywhere*: of one that is limited to
nothing. A word is the reason of the 403: what lies outside (*agency*, *area*, *category*), or that it is somebody
else's to do (*owner*: an agency answers its own flags and writes its own templates, the secretariat those of none).
A template is about an agency alone, so an appointment that is limited to an area covers none.

The name by which the register tells an observer is theirs alone to choose, and nobody decides otherwise on an
appointment of their own. An observer takes back what was theirs also when it has gone to an agency elsewhere, so two kinds ask for no
jurisdiction. Only who opened a flag accepts, disputes or withdraws it; nobody answers a flag or decides on a
suggestion or an appointment of their own; who opened a flag or joined it does not settle it. Those
are 403 too; what the state of a subject does not allow now is 409. Who settles what they answered is told to have.

An observer speaks, and decides nothing: what is about no area in particular touches every one, so an observer of
one may speak of it. Who decides must be over what it is about.`

const TERM = `## By term and standing

The same for every kind of act and every jurisdiction that allows it, by the city's own calendar.`

/** The page as a whole, of all answers that were given to who is signed in. */
export async function documentOf(answers: readonly Answered[]): Promise<string> {
  const text = [
    INTRODUCTION,
    JURISDICTION,
    ...Object.keys(castings).map((casting) => byGround(answers, casting)),
    TERM,
    byTerm(answers),
  ].join('\n\n')
  const options = await resolveConfig('docs/permissions.md')
  return format(text, { ...options, parser: 'markdown' })
}

function byGround(answers: readonly Answered[], casting: string): string {
  const names = Object.keys(grounds)
  const now = answers.filter(
    (one) =>
      one.casting === casting && one.term === 'in its middle' && one.standing === 'appointed',
  )
  const lines = Object.keys(rules).map((kind) => {
    const cells = names.map((ground) => {
      const { outcome } = now.find((one) => one.kind === kind && one.ground === ground)!
      return { done: '**yes**', role: '–' }[outcome] ?? outcome
    })
    return [`\`${kind}\``, ...cells]
  })
  return [
    `### ${casting[0]!.toUpperCase()}${casting.slice(1)}`,
    tableOf(['', ...names], lines),
  ].join('\n\n')
}

function byTerm(answers: readonly Answered[]): string {
  const allowed = new Set(
    answers
      .filter(({ outcome, term }) => outcome === 'done' && term === 'in its middle')
      .map(({ kind, casting, ground }) => `${kind} ${casting} ${ground}`),
  )
  const ofAllowed = answers.filter((one) => allowed.has(`${one.kind} ${one.casting} ${one.ground}`))
  const lines = Object.keys(terms).map((term) => {
    const cells = standings.map((standing) => {
      const outcomes = ofAllowed
        .filter((one) => one.term === term && one.standing === standing)
        .map(({ outcome }) => (outcome === 'done' ? '**yes**' : outcome))
      return [...new Set(outcomes)].join(' or ')
    })
    return [term, ...cells]
  })
  return tableOf(['a term that', ...standings], lines)
}

function tableOf(head: readonly string[], lines: readonly string[][]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...lines.map(row)].join('\n')
}
