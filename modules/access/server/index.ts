export { giveRole, permissionsHeld, rightsOf } from './queries.ts'
export {
  andInside,
  everywhere,
  inside,
  isLimited,
  isLimitedTo,
  limitsOf,
  type Within,
} from './within.ts'
