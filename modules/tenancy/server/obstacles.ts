export type Obstacle = 'trashed' | 'excluded' | 'email_missing'

/**
 * What keeps a client from having a tenant, asked before the button is shown and again when it was pressed: whoever is in
 * the trash or excluded gets none, and without an e-mail nobody could be invited.
 */
export function obstacleOf(client: {
  trashedAt: Date | null
  status: string
  email: string
}): Obstacle | null {
  if (client.trashedAt) return 'trashed'
  if (client.status === 'excluded') return 'excluded'
  return client.email.trim() === '' ? 'email_missing' : null
}
