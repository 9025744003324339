import { appointing } from '../../support/asker.ts'
import { suggestion } from '../../support/suggesting.ts'
import { type City, idsOf, placeOf } from './place.ts'
import { fileOf, type Subject } from './subjects.ts'

interface Asked {
  path: string
  body: object
}

const because = { reason: 'a' }
const told = { text: 'a' }
const clause = { links: [{ kind: 'clause', to: 'clause:1' }] }

/** Of each kind whose act is done to something that is there: the last part of its route, and a form. */
const forms: Readonly<Record<string, [path: string, form: object]>> = {
  'appointment.renewed': ['renewal', { until: '2100-01-01', instrument: 'CC-2', ...because }],
  'appointment.suspended': ['suspension', because],
  'appointment.resumed': ['resumption', because],
  'appointment.revoked': ['revocation', because],
  'appointment.named': ['name', { name: 'a', isPseudonym: true }],
  'flag.joined': ['joining', told],
  'flag.noted': ['notes', told],
  'flag.accepted': ['acceptance', {}],
  'flag.disputed': ['dispute', because],
  'flag.withdrawn': ['withdrawal', because],
  'flag.acknowledged': ['acknowledgement', {}],
  'flag.answered': ['answer', told],
  'flag.corrected': ['corrections', { ticket: 'k/1', ...told }],
  'flag.settled': ['settlement', { for: 'observer', ...told }],
  'template.revised': ['revision', { language: 'en', name: 'a', ...told }],
  'template.retired': ['retirement', {}],
  'suggestion.endorsed': ['endorsements', {}],
  'suggestion.unendorsed': ['unendorsement', {}],
  'suggestion.withdrawn': ['withdrawal', because],
  'suggestion.reviewed': ['review', {}],
  'suggestion.adopted': ['adoption', because],
  'suggestion.partly': ['partial-adoption', because],
  'suggestion.declined': ['refusal', because],
  'suggestion.implemented': [
    'implementation',
    { ...because, ...clause, attachments: ['b'.repeat(64)] },
  ],
}

/** What the page would send to do it. */
export function requestFor(city: City, { kind, ground, person, id }: Subject): Asked {
  const place = placeOf(ground)
  const at = `/api/v1/${kind.split('.')[0]}s`
  // To whom it is not with yet.
  const other = place.agency === 'Parks' ? 'PWD' : 'Parks'
  switch (kind) {
    case 'appointment.made':
      return { path: at, body: appointing(`of ${person}`) }
    case 'account.invited':
      return {
        path: '/api/v1/account/invitations',
        body: { name: 'a', email: `of-${id}@example.org` },
      }
    case 'account.recovered':
      return { path: '/api/v1/account/recoveries', body: { personId: 'stranger' } }
    case 'account.signed-out':
      return { path: '/api/v1/account/sign-outs', body: { personId: 'stranger' } }
    case 'flag.opened': {
      const claim = { kind: 'number', measure: 'open', about: idsOf(city, ground) }
      return { path: at, body: { claim, kind: 'slow', text: 'a', language: 'en' } }
    }
    case 'suggestion.submitted':
      return { path: at, body: suggestion(place) }
    case 'text.withheld':
      return { path: `/api/v1/acts/${id}/withholding`, body: { ground: 'court-order' } }
    case 'file.withheld':
      return {
        path: `/api/v1/acts/${id}/files/${fileOf(id).hash}/withholding`,
        body: { ground: 'court-order' },
      }
    case 'draft.confirmed':
      return { path: `/api/v1/consultations/draft-${id}/drafts/1/confirmation`, body: {} }
    case 'draft.brought':
      return {
        path: `/api/v1/consultations/draft-${id}/drafts`,
        body: { texts: { en: 'Article 1\na' } },
      }
    case 'statement.moderated':
      return {
        path: `/api/v1/polls/poll-${id}/statements/added/moderation`,
        body: { status: 'published' },
      }
    case 'reply.answered': {
      const about = { provision: '(none)' }
      const path = `/api/v1/consultations/draft-${id}/answer`
      return { path, body: { about, verdict: 'accepted', ...told } }
    }
    case 'form.switched':
      return { path: `/api/v1/consultations/draft-${id}/form`, body: { isOn: true } }
    case 'comment.withheld': {
      const body = { comment: `0/said-${id}`, withheldFor: 'abuse' }
      return { path: `/api/v1/consultations/draft-${id}/withholding`, body }
    }
    case 'comment.published': {
      const body = { comment: `0/said-${id}`, ...because }
      return { path: `/api/v1/consultations/draft-${id}/publication`, body }
    }
    case 'ticket.corrected': {
      const path = `/api/v1/tickets/${city.markOf(0, `ticket-${id}`)}/ticket-${id}/corrections`
      const [from, to] = [{ respondedAt: null }, { respondedAt: '2026-03-01T12:00:00Z' }]
      return { path, body: { from, to, ...because } }
    }
    case 'template.made':
      return { path: at, body: { agency: place.agency, language: 'en', name: 'a', ...told } }
    case 'flag.transferred':
      return { path: `${at}/${id}/transfer`, body: { to: other, ...because } }
    case 'suggestion.transferred':
      return { path: `${at}/${id}/transfer`, body: { agency: other, ...because } }
  }
  const form = forms[kind]
  if (!form) throw new Error(`Nobody knows how ${kind} is asked for.`)
  return { path: `${at}/${id}/${form[0]}`, body: form[1] }
}
