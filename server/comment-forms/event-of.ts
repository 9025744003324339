import { CommentEvent } from '#shared/consultations/events.ts'
import { parse } from '../http/parse.ts'
import type { Fields } from './filled.ts'

interface From {
  consultation: string
  draft: number
  /** The receipt, under which it is found. */
  id: string
  person: string
  version: number
  at: number
}

/** What the fields of a form say, as an event of the intake. */
export function eventOf(fields: Fields, { at, ...told }: From): CommentEvent {
  const { provision, stance, text, proposal, language, organisation } = fields
  return parse(CommentEvent, {
    ...{ type: 'comment', ...told, text, channel: 'form', receivedAt: new Date(at).toISOString() },
    ...(provision !== '' && { provision }),
    ...(stance !== '' && { stance }),
    ...(proposal !== '' && { proposal }),
    ...(language !== '' && { language }),
    ...(organisation !== '' && { speaker: 'organisation', organisation }),
  })
}
