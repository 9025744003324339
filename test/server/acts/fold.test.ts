import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Act, Refused } from '#shared/oversight/act.ts'
import {
  type Appointment,
  type AppointmentDeed,
  nextAppointment,
} from '#shared/oversight/appointment.ts'
import { perform } from '../../../server/acts/perform.ts'
import { appointmentById } from '../../../server/appointments/queries.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { actingDatabase, appointed, asked, decision, madeFor } from '../../support/acts.ts'

const people = ['ines', 'olu', 'mei', 'uma']

const deed: fc.Arbitrary<AppointmentDeed> = fc.oneof(
  fc
    .record({ who: fc.constantFrom(...people), role: fc.constantFrom('secretariat', 'observer') })
    .map(({ who, role }) => madeFor(who, { role: role as Appointment['role'] })),
  fc.integer({ min: 2090, max: 2110 }).map((year) => ({
    kind: 'appointment.renewed' as const,
    body: { until: `${year}-06-30` },
    // Of the first ones no reason was asked.
    texts: { instrument: `CC-${year}`, ...(year % 2 === 0 && { reason: `It is ${year}.` }) },
  })),
  fc
    .record({ name: fc.constantFrom('Heron', 'Egret'), isPseudonym: fc.boolean() })
    .map(({ name, isPseudonym }) => ({
      kind: 'appointment.named' as const,
      body: { isPseudonym },
      texts: { name },
    })),
  fc
    .constantFrom(
      'appointment.suspended' as const,
      'appointment.resumed' as const,
      'appointment.revoked' as const,
    )
    .map(decision),
)

const steps = fc.array(fc.record({ who: fc.constantFrom(...people), at: fc.nat(5), deed }), {
  minLength: 5,
  maxLength: 25,
})

/** What the rules make of it apart from the database; undefined when they refuse. */
function expected(state: Appointment | undefined, act: Act<AppointmentDeed>) {
  try {
    return nextAppointment(state, act)
  } catch (error) {
    if (error instanceof Refused) return undefined
    throw error
  }
}

test('whatever is tried, in any order and by anybody, every state is the fold of the acts that were done', async () => {
  let done = 0
  let refused = 0
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      await using place = await actingDatabase()
      const ids = [place.first, await appointed(place.db, 'olu', { role: 'secretariat' })]
      const states = new Map<number, Appointment>()
      for (const id of ids) states.set(id, (await appointmentById(place.db, id))!.state)

      for (const { who, at, deed } of sequence) {
        const id = deed.kind === 'appointment.made' ? undefined : ids[at % ids.length]!
        const before = id === undefined ? undefined : states.get(id)
        const needed = deed.kind === 'appointment.named' ? 'observer' : 'secretariat'
        const isAble = [...states.values()].some(
          ({ person, role, standing }) =>
            person === who && role === needed && standing === 'appointed',
        )
        const by = { person: who, appointment: 0, role: needed } as const
        const answer = await perform(place.db, asked(who, deed, { id })).catch((error) => error)
        const act = { ...deed, id: answer.act?.id ?? 0, at: 0, by }
        const after = isAble ? expected(before, act) : undefined

        if (after === undefined) {
          expect([403, 409]).toContain(answer.status)
          refused++
          continue
        }
        expect(answer.state).toEqual(after)
        done++
        const subject = Number(answer.act.subject.split(':')[1])
        if (id === undefined) ids.push(subject)
        states.set(subject, after)
      }

      for (const [id, state] of states) {
        expect((await appointmentById(place.db, id))!.state).toEqual(state)
      }
      expect((await checkActs(place.sql)).differences).toEqual([])
    }),
    { numRuns: 12 },
  )
  expect(Math.min(done, refused)).toBeGreaterThan(0)
}, 120_000)
