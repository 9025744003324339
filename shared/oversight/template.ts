import { type Act, NotTheirs, Refused, type Text } from './act.ts'

/** A draft of answers that an agency gives often; null agency: of the secretariat. Its texts stand with its newest act. */
export interface Template {
  agency: number | null
  /** BCP 47. */
  language: string
  isRetired: boolean
  /** The act that holds its texts. */
  textsIn: number
}

type Texts = { name: Text; text: Text; done: Text }

export type TemplateDeed =
  | { kind: 'template.made'; body: { agency: number | null; language: string }; texts: Texts }
  | { kind: 'template.revised'; body: { language: string }; texts: Texts }
  | { kind: 'template.retired'; body: Record<never, never>; texts: Record<never, never> }

/** What a template is after an act; throws `Refused` where the rules do not allow it. Changes nothing. */
export function nextTemplate(state: Template | undefined, act: Act<TemplateDeed>): Template {
  if (act.kind === 'template.made') return made(state, act)
  if (!state) throw new Refused('subject.none', 'There is no such template.')
  if (state.isRetired)
    throw new Refused('template.retired', 'The template was retired: make a new one.')
  requireOwner(state.agency, act)
  if (act.kind === 'template.retired') return { ...state, isRetired: true }
  return { ...state, language: act.body.language, textsIn: act.id }
}

function made(
  state: Template | undefined,
  act: Extract<Act<TemplateDeed>, { kind: 'template.made' }>,
): Template {
  if (state) throw new Refused('done-already', 'The template was made already.')
  requireOwner(act.body.agency, act)
  return { ...act.body, isRetired: false, textsIn: act.id }
}

/** Whoever acts has been found to be an official of the agency, or of the secretariat. */
function requireOwner(agency: number | null, { by }: Act<TemplateDeed>): void {
  if ((by?.role === 'secretariat') === (agency === null)) return
  if (agency === null) {
    throw new NotTheirs('template.of-secretariat', 'This template is of the secretariat.')
  }
  throw new NotTheirs('template.of-agency', 'An agency’s templates are its officials’ to write.')
}
