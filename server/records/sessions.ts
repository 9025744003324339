import type { IncomingMessage } from 'node:http'

export interface SignedIn {
  /** The account's. */
  id: string
  name: string
  sessionId: string
}

/** Who is behind a handshake; accounts know it. */
export interface Sessions {
  personOf(request: Pick<IncomingMessage, 'headers'>): Promise<SignedIn | undefined>
  /** Which of these sessions last: one question, however many they are. */
  lasting(sessionIds: readonly string[]): Promise<ReadonlySet<string>>
}

/** Tells the account of everybody whose last current appointment ends, when it does. */
export type HearEnded = (hear: (personId: string) => void) => void
