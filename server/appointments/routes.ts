import express, { type Request, Router } from 'express'
import type { z } from 'zod'
import type { AppointmentDeed } from '#shared/oversight/appointment.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { perform } from '../acts/perform.ts'
import { notePersonalRead } from '../acts/personal-read.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { AppointmentId, jurisdictionOf, Made, Named, Renewed, WithReason } from './forms.ts'
import { appointmentNoun } from './noun.ts'
import { allAppointments, appointmentById, appointmentsOf, isCurrently } from './queries.ts'
import { fully } from './told.ts'

interface Parts {
  db: Db
  directory: () => Directory
  personOf: PersonOf
}

/**
 * For who is signed in; 401 without. What writes carries an `Idempotency-Key`, is for the secretariat, but for an
 * observer's name, which is theirs (403 to others, with the reason), and answers `{act, appointment}`; 409 when the rules do not allow it now,
 * or when the `version` that was seen is not the newest.
 *
 * `GET /appointments/mine`, and `GET /appointments` for the secretariat: `{appointments}`; that the latter was
 * read, and of whom, is noted before it is answered.
 * `POST /appointments`: makes one, 201. `POST /appointments/ID/renewal` `{until, instrument, reason}`;
 * `…/suspension`, `…/resumption` and `…/revocation` `{reason}`; `…/name` `{name, isPseudonym}`.
 */
export function appointmentRoutes({ db, directory, personOf }: Parts): Router {
  const routes = Router()
  const json = express.json({ limit: '100kb' })

  routes.get('/appointments/mine', async (req, res) => {
    const { id } = await requirePerson(personOf, req)
    const mine = await appointmentsOf(db, id)
    res.set('cache-control', 'no-store')
    res.json({ appointments: mine.map((one) => fully(one, directory())) })
  })

  routes.get('/appointments', async (req, res) => {
    const { id } = await requirePerson(personOf, req)
    if (!(await isCurrently(db, id, 'secretariat'))) {
      throw new HttpError(403, 'All appointments are for the secretariat to see.')
    }
    const all = await allAppointments(db)
    const of = [...new Set(all.flatMap(({ state }) => state.person ?? []))]
    await notePersonalRead(db, { personId: id, what: 'appointments', of })
    res.set('cache-control', 'no-store')
    res.json({ appointments: all.map((one) => fully(one, directory())) })
  })

  routes.post('/appointments', json, async (req, res) => {
    res.status(201).json(await act(req, (body) => madeFrom(parse(Made, body), directory())))
  })
  routes.post('/appointments/:id/renewal', json, async (req, res) => {
    res.json(await act(req, (body) => renewedFrom(parse(Renewed, body))))
  })
  routes.post('/appointments/:id/name', json, async (req, res) => {
    res.json(await act(req, (body) => namedFrom(parse(Named, body))))
  })
  const decisions = {
    suspension: 'suspended',
    resumption: 'resumed',
    revocation: 'revoked',
  } as const
  for (const [path, done] of Object.entries(decisions)) {
    routes.post(`/appointments/:id/${path}`, json, async (req, res) => {
      res.json(
        await act(req, (body) => decidedFrom(`appointment.${done}`, parse(WithReason, body))),
      )
    })
  }

  /** The person is looked at before anything is said about what comes. */
  async function act(req: Request, read: (body: unknown) => Told) {
    const person = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const id = req.params.id === undefined ? undefined : parse(AppointmentId, req.params.id)
    const { deed, seen } = read(req.body)
    const asked = { person: person.id, key, noun: appointmentNoun, id, seen, deed }
    const { act, isRepeated } = await perform(db, asked)
    const held = await appointmentById(db, Number(act.subject.split(':')[1]))
    return { act, isRepeated, appointment: fully(held!, directory()) }
  }

  return routes
}

interface Told {
  deed: AppointmentDeed
  seen?: number | undefined
}

function madeFrom(form: z.infer<typeof Made>, directory: Directory): Told {
  const { role, from, until, languages, isPseudonym, jurisdiction, ...texts } = form
  const members = jurisdictionOf(jurisdiction, directory)
  const body = { role, from, until, languages, isPseudonym, jurisdiction: members }
  return { deed: { kind: 'appointment.made', body, texts } }
}

function renewedFrom({ until, version, ...texts }: z.infer<typeof Renewed>): Told {
  return { deed: { kind: 'appointment.renewed', body: { until }, texts }, seen: version }
}

function namedFrom({ name, isPseudonym, version }: z.infer<typeof Named>): Told {
  const deed = { kind: 'appointment.named', body: { isPseudonym }, texts: { name } } as const
  return { deed, seen: version }
}

type Decided = Extract<AppointmentDeed, { texts: { reason: unknown } }>['kind']

function decidedFrom(kind: Decided, { reason, version }: z.infer<typeof WithReason>): Told {
  return { deed: { kind, body: {}, texts: { reason } }, seen: version }
}
