/** The name by which the single sign-on is known to better-auth, and stands in `credential`. */
export const SSO = 'sso'
/** Under which it brings people back. */
export const SSO_PATH = '/api/v1/account/sso'
