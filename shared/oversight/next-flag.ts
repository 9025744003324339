import { type Act, type Actor, NotTheirs, nowhere, type Place, Refused } from './act.ts'
import { done, isLate, until } from './deadline.ts'
import { requireAuthor, requireNoSide, requireOwner, requireStanding } from './flag-demands.ts'
import { type Flag, type FlagDeed, openStandings, type Who } from './flag.ts'

type Of<Kind> = Act<Extract<FlagDeed, { kind: Kind }>>

/** What a flag is after an act; throws `Refused` where the rules do not allow it. Changes nothing. */
export function nextFlag(state: Flag | undefined, act: Act<FlagDeed>): Flag {
  if (!act.by) throw new Refused('of-observers', 'What is done about a flag, somebody does.')
  if (act.kind === 'flag.opened') return opened(state, act, act.by)
  if (!state) throw new Refused('subject.none', 'There is no such flag.')
  if (state.standing === 'withdrawn') {
    throw new Refused('flag.withdrawn', 'The flag was withdrawn: nothing more is done about it.')
  }
  return changed(state, act, act.by)
}

type Later = Exclude<Act<FlagDeed>, { kind: 'flag.opened' }>

function changed(state: Flag, act: Later, by: Actor): Flag {
  switch (act.kind) {
    case 'flag.acknowledged':
      return acknowledged(state, act, by)
    case 'flag.answered':
      return answered(state, act, by)
    case 'flag.accepted':
      return accepted(state, act, by)
    case 'flag.disputed':
      return disputed(state, act, by)
    case 'flag.settled':
      return settled(state, act, by)
    case 'flag.withdrawn':
      return withdrawn(state, act, by)
    case 'flag.transferred':
      return transferred(state, act)
    case 'flag.joined':
      return joined(state, by)
    case 'flag.noted':
      return state
    case 'flag.corrected':
      requireOwner(state, by)
      return { ...state, corrections: state.corrections + 1 }
  }
}

function opened(state: Flag | undefined, { at, body, texts }: Of<'flag.opened'>, by: Actor): Flag {
  if (state) throw new Refused('done-already', 'The flag was opened already.')
  const { acknowledgeBy, answerBy, policyVersion: _, ...told } = body
  const place = texts.place === null ? nowhere : (JSON.parse(texts.place) as Place)
  return {
    ...told,
    standing: 'open',
    place,
    owner: place.agency,
    author: whoOf(by),
    openedAt: at,
    acknowledgement: until(acknowledgeBy),
    answering: until(answerBy),
    word: null,
    settlement: null,
    coObservers: [],
    transfers: 0,
    answer: null,
    answeredWithin: null,
    settledFor: null,
    isSettledByAnswerer: false,
    corrections: 0,
  }
}

function acknowledged(state: Flag, { at }: Of<'flag.acknowledged'>, by: Actor): Flag {
  requireOwner(state, by)
  requireStanding(
    state,
    ['open'],
    'flag.acknowledged',
    'it is acknowledged once, before it is answered',
  )
  return { ...state, standing: 'acknowledged', acknowledgement: done(state.acknowledgement, at) }
}

/** Also once more, as long as nobody has said a word on it: an answer is added to, never changed. */
function answered(state: Flag, { id, at, body }: Of<'flag.answered'>, by: Actor): Flag {
  requireOwner(state, by)
  requireStanding(
    state,
    ['open', 'acknowledged', 'answered'],
    'flag.no-answer-awaited',
    'no answer is awaited',
  )
  const { links, attachments, template, language, wordBy, workingDays } = body
  return {
    ...state,
    standing: 'answered',
    acknowledgement: done(state.acknowledgement, at),
    answering: done(state.answering, at),
    word: until(wordBy),
    answer: { act: id, at, person: by.person, links, attachments, template, language },
    answeredWithin: state.answeredWithin ?? workingDays,
  }
}

function accepted(state: Flag, { at }: Of<'flag.accepted'>, by: Actor): Flag {
  requireAuthor(state, by, 'accepts its answer')
  requireStanding(state, ['answered'], 'flag.no-answer', 'there is no answer to accept')
  return { ...state, standing: 'accepted', word: done(state.word!, at) }
}

function disputed(state: Flag, { at, body }: Of<'flag.disputed'>, by: Actor): Flag {
  requireAuthor(state, by, 'disputes its answer')
  requireStanding(state, ['answered'], 'flag.no-answer', 'there is no answer to dispute')
  return {
    ...state,
    standing: 'disputed',
    word: done(state.word!, at),
    settlement: until(body.settleBy),
  }
}

/** A dispute; or an answer on which its author has said nothing in time, so that a flag always comes to an end. */
function settled(state: Flag, { at, body }: Of<'flag.settled'>, by: Actor): Flag {
  requireNoSide(state, by)
  requireStanding(
    state,
    ['disputed', 'answered'],
    'flag.nothing-to-settle',
    'there is nothing to settle',
  )
  if (state.standing === 'answered' && !isLate(state.word!, at)) {
    throw new Refused(
      'flag.word-awaited',
      'Its author may still accept or dispute the answer: it is settled when the time for that is over.',
    )
  }
  return {
    ...state,
    standing: 'settled',
    word: done(state.word!, at),
    settlement: state.settlement && done(state.settlement, at),
    settledFor: body.for,
    isSettledByAnswerer: state.answer!.person === by.person,
  }
}

function withdrawn(state: Flag, { at }: Of<'flag.withdrawn'>, by: Actor): Flag {
  requireAuthor(state, by, 'withdraws it')
  requireStanding(state, openStandings, 'flag.ended', 'it has come to its end')
  return {
    ...state,
    standing: 'withdrawn',
    acknowledgement: done(state.acknowledgement, at),
    answering: done(state.answering, at),
    word: state.word && done(state.word, at),
    settlement: state.settlement && done(state.settlement, at),
  }
}

/** Its deadlines stay: nobody gains time by handing a flag on. */
function transferred(state: Flag, { body }: Of<'flag.transferred'>): Flag {
  requireStanding(
    state,
    ['open', 'acknowledged'],
    'flag.answered',
    'what is answered stays with who answered it',
  )
  if (body.to === state.owner) throw new Refused('flag.with-them', 'The flag is with them already.')
  return { ...state, standing: 'open', owner: body.to, transfers: state.transfers + 1 }
}

function joined(state: Flag, by: Actor): Flag {
  requireStanding(state, openStandings, 'flag.ended', 'it has come to its end')
  if (state.author.person === by.person)
    throw new NotTheirs('flag.own', 'You opened this flag yourself.')
  if (state.coObservers.some(({ person }) => person === by.person)) {
    throw new Refused('flag.joined', 'You joined this flag already: add a note.')
  }
  return { ...state, coObservers: [...state.coObservers, whoOf(by)] }
}

const whoOf = ({ person, appointment }: Actor): Who => ({ person, appointment })
