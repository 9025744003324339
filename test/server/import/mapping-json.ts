/** The least a mapping needs, as its file would hold it; name only what the test is about. */
export function mappingJson(overrides: object = {}, fields: object = {}) {
  return {
    source: { name: 'Town' },
    timeZone: 'America/New_York',
    fields: { id: 'id', receivedAt: 'opened', ...fields },
    ...overrides,
  }
}
