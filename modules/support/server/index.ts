/** The face of the help desk. */
export { slaQuestions } from './sla/questions.ts'
