import type { FastifyRequest } from 'fastify'
import { Platform } from './errors.ts'

/** The two doors: the back-office for staff, the practice app for members. Each has its own host, cookies and endpoints. */
export type Door = 'backoffice' | 'practice'

export type Hosts = { backoffice: URL; practice: URL }

const loopback = new Set(['127.0.0.1', '[::1]'])

/**
 * The door a Host header names; any other host is refused (421), so that a name that someone else points at this
 * server reaches nothing. A back-office on localhost is also reached by the loopback addresses.
 */
export function doorOf(hostname: string, hosts: Hosts): Door {
  if (hostname === hosts.practice.hostname) return 'practice'
  if (hostname === hosts.backoffice.hostname) return 'backoffice'
  if (hosts.backoffice.hostname === 'localhost' && loopback.has(hostname)) return 'backoffice'
  throw new Platform('host_unknown')
}

/**
 * Refuses a write that another site's page sent (CSRF), as Go's net/http.CrossOriginProtection does: a browser says
 * `Sec-Fetch-Site`, or at least `Origin`; who says neither is no browser and carries no one's cookies unawares.
 */
export function refuseForeignOrigin(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) {
    if (site === 'same-origin' || site === 'none') return
    throw new Platform('origin_refused')
  }
  const origin = request.headers.origin
  if (origin === undefined) return
  if (!URL.canParse(origin) || new URL(origin).host !== request.host) throw new Platform('origin_refused')
}
