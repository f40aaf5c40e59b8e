/** What a patient's page asks of their appointments: the next ones, and the last. */
export const sessionsAround = (patientId: string) =>
  [
    { query: { patientId, when: 'next', limit: 4 } },
    { query: { patientId, when: 'past', limit: 4 } },
  ] as const
