export {
  difference,
  isLastSuperAdministrator,
  levelOf,
  mayGrant,
  NotYoursToGive,
  peopleWith,
  roleHistory,
  rolesOfMany,
  setRoles,
  type HeldRole,
  type Holder,
  type NotGrantable,
} from './giving/giving-roles.ts'
export { accessHandlers } from './handlers.ts'
export { standsAbove } from './reach.ts'
export { giveRole, permissionsHeld, rightsOf } from './queries.ts'
export {
  andInside,
  inside,
  isLimited,
  isLimitedTo,
  limitsOf,
  outside,
  type Reaching,
  type Within,
} from './within.ts'
