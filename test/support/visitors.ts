import type { Sessions } from '../../server/records/sessions.ts'

/**
 * Whose sockets there are is who a header says, in a session that it names too: in tests there are no
 * accounts. What ends is ended by hand.
 */
export function visitors() {
  const over = new Set<string>()
  const asked: number[] = []
  const hearers: ((personId: string) => void)[] = []
  const sessions: Sessions = {
    async personOf({ headers }) {
      const [id, sessionId] = [headers['x-person'], headers['x-session']]
      if (typeof id !== 'string' || typeof sessionId !== 'string') return undefined
      return over.has(sessionId) ? undefined : { id, name: id, sessionId }
    },
    async lasting(ids) {
      asked.push(ids.length)
      return new Set(ids.filter((id) => !over.has(id)))
    },
  }
  return {
    sessions,
    hearEnded: (hear: (personId: string) => void) => void hearers.push(hear),
    endSession: (id: string) => void over.add(id),
    endAppointments: (personId: string) => hearers.forEach((hear) => hear(personId)),
    /** Of how many sessions each question was. */
    asked,
    headers: (person: string, session: string) => ({ 'x-person': person, 'x-session': session }),
  }
}
