import type pg from 'pg'
import { randomBytes } from 'node:crypto'
import { readSchema } from '../../modules/tenancy/server/versions.ts'

const { current } = readSchema()

/** Tenants as the catalogue has them, written with the server's own rights; none of them has a database. */
export type CatalogueStories = {
  cluster(name: string, over?: Record<string, unknown>): Promise<string>
  /** @returns its id */
  tenant(name: string, over?: Record<string, unknown>): Promise<string>
  work(tenant: string, over?: Record<string, unknown>): Promise<string>
}

export function tellCatalogue(pool: pg.Pool): CatalogueStories {
  const insert = async (table: string, row: Record<string, unknown>): Promise<string> => {
    const names = Object.keys(row)
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')}) RETURNING id`,
      Object.values(row),
    )
    return String(rows[0]?.id)
  }
  let home: Promise<string> | undefined
  const cluster: CatalogueStories['cluster'] = (name, over = {}) =>
    insert('clusters', {
      name,
      address: `postgres://${name}.example:5432`,
      // Opens with no key: nobody gets in by these rows.
      provisioner_url_sealed: Buffer.alloc(29),
      ...over,
    })
  const opaque = () => `t_${randomBytes(8).toString('hex')}`
  return {
    cluster,
    tenant: async (name, over = {}) =>
      insert('tenants', {
        name,
        kind: 'practitioner',
        cluster_id: over['cluster_id'] ?? (await (home ??= cluster('home'))),
        database_name: opaque(),
        login_role: opaque(),
        state: 'active',
        schema_version: current,
        ...(over['state'] === 'purged'
          ? {}
          : { login_secret_sealed: Buffer.alloc(29), key_sealed: Buffer.alloc(29) }),
        ...over,
      }),
    work: (tenant, over = {}) => insert('tenant_works', { tenant_id: tenant, kind: 'backup', ...over }),
  }
}
