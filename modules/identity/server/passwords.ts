export { hashPassword, passwordIs } from './passwords/hashing.ts'
