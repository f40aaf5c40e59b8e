import { z } from 'zod'
import { endpoint } from '#platform/contract/endpoint.ts'
import { Id, line, text } from '#platform/contract/ids.ts'
import { refusal } from '#platform/contract/refusal.ts'

/** The nine roles every installation starts with (custom ones come beside them). */
export const builtInRoles = [
  'super_administrator',
  'technical_administrator',
  'administrator',
  'direction',
  'compliance',
  'billing',
  'sales',
  'support',
  'auditor',
] as const
export type BuiltInRole = (typeof builtInRoles)[number]

export const permissions = ['roles.read', 'roles.manage'] as const
export const topics = { roles: 'roles.read' } as const

/** Somebody saved the matrix meanwhile; `details.revision` is theirs. */
export const matrixChanged = refusal('matrix_changed')
/** One cannot grant what one lacks, nor more widely than one holds it. `details.permissions` says which. */
export const permissionNotYours = refusal('permission_not_yours', 403)
/** A role of a higher level than one's own, or of the same (the top level excepted). */
export const roleAboveYours = refusal('role_above_yours', 403)
/** The super administrator holds everything, and built-in roles keep their name, level and reach. */
export const roleFixed = refusal('role_fixed')
/** Somebody holds it now; who held it once is no hindrance. */
export const roleHeld = refusal('role_held')
/** A permission that cannot be limited, in a role that is. `details.permissions` says which. */
export const permissionNotLimitable = refusal('permission_not_limitable', 422)

/** Within what a role holds: nothing means everywhere, several mean any of them. */
export const RoleLimits = z.object({
  departments: z.array(z.string().max(3)).max(110),
  clients: z.array(Id).max(500),
  /** Clients the person looks after. */
  own: z.boolean(),
})
export type RoleLimits = z.infer<typeof RoleLimits>

export const Role = z.object({
  id: Id,
  key: z.string(),
  /** Null for built-in roles, whose names are in the messages: `access.role.<key>`. */
  name: z.string().nullable(),
  description: z.string().nullable(),
  level: z.int(),
  builtIn: z.boolean(),
  holders: z.int(),
  permissions: z.array(z.string()),
  limits: RoleLimits,
  /** Whether the person asking may change it. */
  editable: z.boolean(),
})
export type Role = z.infer<typeof Role>

export const Permission = z.object({
  permission: z.string(),
  /** The module that declares it, under whose heading it stands. */
  module: z.string(),
  /** The writes it allows ask for a fresh second factor. */
  stepUp: z.boolean(),
  limitable: z.boolean(),
  /** Whether the person asking may give it. */
  grantable: z.boolean(),
})
export type Permission = z.infer<typeof Permission>

export const getMatrix = endpoint({
  method: 'GET',
  path: '/roles',
  realm: 'staff',
  may: 'roles.read',
  summary: 'The matrix: roles, highest first, and permissions as the contracts declare them',
  output: z.object({ revision: z.int(), roles: z.array(Role), permissions: z.array(Permission) }),
  refreshedBy: ['roles'],
})

export const RoleChange = z.object({
  role: Id,
  add: z.array(z.string().max(100)).max(200).default([]),
  remove: z.array(z.string().max(100)).max(200).default([]),
})
export type RoleChange = z.infer<typeof RoleChange>

/** Who gains and loses what, and what stays but within limits; a permission held by another role too is none of these. */
export const RightsDifference = z.object({
  id: Id,
  name: z.string(),
  gains: z.array(z.string()),
  losses: z.array(z.string()),
  limited: z.array(z.string()),
})
export type RightsDifference = z.infer<typeof RightsDifference>

export const previewMatrix = endpoint({
  method: 'GET',
  path: '/roles/preview',
  realm: 'staff',
  may: 'roles.manage',
  summary: 'Who would gain and lose what by these changes',
  input: {
    query: z.object({
      /** The same as `PUT /roles` takes, as JSON. */
      changes: z
        .string()
        .max(12_000)
        .transform((json, ctx): RoleChange[] => {
          try {
            const read = z.array(RoleChange.strict()).max(200).safeParse(JSON.parse(json))
            if (read.success) return read.data
          } catch {
            // said below
          }
          ctx.addIssue({ code: 'custom', message: 'unreadable' })
          return z.NEVER
        }),
    }),
  },
  output: z.object({ people: z.array(RightsDifference) }),
})

export const saveMatrix = endpoint({
  method: 'PUT',
  path: '/roles',
  realm: 'staff',
  may: 'roles.manage',
  records: 'roles.permissions_changed',
  about: 'role_matrix',
  stepUp: true,
  summary: 'Gives and takes permissions of several roles at once; acts at once on open sessions',
  input: { body: z.object({ revision: z.int32(), changes: z.array(RoleChange).min(1).max(200) }) },
  output: z.object({ revision: z.int() }),
  refusals: [matrixChanged, permissionNotYours, roleAboveYours, roleFixed, permissionNotLimitable],
  touches: ['roles'],
})

const described = {
  name: line(60).min(1),
  description: text(500).trim().nullable(),
  /** Below one's own. */
  level: z.int().min(1).max(99),
  limits: RoleLimits,
}

export const createRole = endpoint({
  method: 'POST',
  path: '/roles',
  realm: 'staff',
  may: 'roles.manage',
  records: 'role.created',
  stepUp: true,
  summary: 'Makes a role, with the permissions of another one or none',
  input: { body: z.object({ ...described, permissions: z.array(z.string().max(100)).max(200) }) },
  output: Role,
  status: 201,
  refusals: [permissionNotYours, roleAboveYours, permissionNotLimitable],
  touches: ['roles'],
})

export const updateRole = endpoint({
  method: 'PATCH',
  path: '/roles/:id',
  realm: 'staff',
  may: 'roles.manage',
  records: 'role.updated',
  stepUp: true,
  summary: 'Changes the name, description, level or limits of a role people made',
  input: { params: z.object({ id: Id }), body: z.object(described).partial() },
  output: Role,
  refusals: [permissionNotYours, roleAboveYours, roleFixed, permissionNotLimitable],
  touches: ['roles'],
})

export const deleteRole = endpoint({
  method: 'DELETE',
  path: '/roles/:id',
  realm: 'staff',
  may: 'roles.manage',
  records: 'role.deleted',
  stepUp: true,
  summary: 'Removes a role nobody holds; its name stays in the history of who held it',
  input: { params: z.object({ id: Id }) },
  output: z.undefined(),
  status: 204,
  refusals: [roleAboveYours, roleFixed, roleHeld],
  touches: ['roles'],
})

const RoleName = Role.pick({ id: true, key: true, name: true })

/** "Why was I refused": for everybody signed in, about themselves. */
export const explainPermission = endpoint({
  method: 'GET',
  path: '/permissions/:permission',
  realm: 'staff',
  may: 'signed_in',
  summary: 'Whether one holds a permission, which roles give it, and whom to ask for it',
  input: { params: z.object({ permission: z.string().max(100) }) },
  output: z.object({
    permission: z.string(),
    held: z.boolean(),
    /** Held within limits only. */
    limited: z.boolean(),
    yourRoles: z.array(RoleName),
    rolesWithIt: z.array(RoleName),
    /** Up to five people who may give roles. */
    askWhom: z.array(z.object({ name: z.string(), email: z.string() })),
  }),
})

/** "Who can do this". */
export const listHolders = endpoint({
  method: 'GET',
  path: '/permissions/:permission/holders',
  realm: 'staff',
  may: 'roles.read',
  summary: 'Everybody who holds a permission, by which roles, and within what',
  input: { params: z.object({ permission: z.string().max(100) }) },
  output: z.object({
    rows: z.array(z.object({ id: Id, name: z.string(), roles: z.array(RoleName), limited: z.boolean() })),
  }),
  refreshedBy: ['roles', 'staff'],
})
