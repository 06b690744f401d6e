/** @type {import('./scenario').Scenario[]} */
module.exports = [
  ...require('./running'),
  ...require('./interrupting'),
  ...require('./restarting'),
  ...require('./displaying'),
  ...require('./outlasting'),
  ...require('./input'),
  ...require('./language'),
  ...require('./views'),
  ...require('./files'),
  ...require('./commands'),
  ...require('./ending'),
  ...require('./finding'),
  ...require('./speeds'),
  ...require('./chapter'),
  ...require('./pictures'),
];
