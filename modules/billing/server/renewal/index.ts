export { renewalHandlers } from './handling.ts'
export { mailingRenewed } from './issuing-drafts.ts'
export { renewalWork, renewingAtNight } from './running.ts'
