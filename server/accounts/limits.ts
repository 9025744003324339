import { type RateLimit, rateLimit } from '../http/rate-limit.ts'

export interface SignInLimits {
  ofAddress: RateLimit
  ofAccount: RateLimit
}

/** A password can be tried so often, from wherever; passkeys are not held up by it. */
const TRIES = { points: 10, seconds: 900 }

/** Counted for every e-mail address, whether it is somebody's or not. */
export function signInLimits(perMinute: number, onRefused: () => void): SignInLimits {
  const ofAddress = rateLimit({
    windows: [
      { points: perMinute, seconds: 60 },
      { points: perMinute * 10, seconds: 3600 },
    ],
    of: 'attempts from this address',
    onRefused,
  })
  const ofAccount = rateLimit({ windows: [TRIES], of: 'attempts for this account', onRefused })
  return { ofAddress, ofAccount }
}
