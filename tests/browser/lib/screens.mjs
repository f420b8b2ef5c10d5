// Who is who in the demo company, and the screens that are judged and pictured: a name, an address, who looks at it.

export const CAST = {
  en: { rep: 'hannah@orion.example', marketer: 'noa@orion.example', field: 'svetlana@orion.example', admin: 'dana@orion.example' },
  he: { rep: 'eyal@orion.example', marketer: 'shira@orion.example', field: 'moshe@orion.example', admin: 'dana@orion.example' },
};

// The battlecard with the longest history, in English, and one in Hebrew.
export const CARD = 'cbg2bv9j';
// Another page of its space, and one of its own sections.
const OTHER = 'rtzd532v';
const SECTION = 'h-proof';

export const SCREENS = [
  { name: 'signin', path: '/signin', as: null },
  { name: 'home', path: '/', as: 'rep' },
  { name: 'home-marketing', path: '/', as: 'marketer' },
  { name: 'changes', path: '/changes', as: 'rep' },
  { name: 'topics', path: '/topics', as: 'rep' },
  { name: 'topic', path: '/t/vectra', as: 'rep' },
  { name: 'topic-edit', path: '/t/vectra/-/edit', as: 'marketer' },
  { name: 'aliases', path: '/aliases', as: 'marketer' },
  { name: 'topic-new', path: '/topics/new', as: 'marketer' },
  { name: 'notifications', path: '/notifications', as: 'rep' },
  { name: 'notifications-marketing', path: '/notifications', as: 'marketer' },
  { name: 'feeds', path: '/me/feeds', as: 'rep' },
  { name: 'space', path: '/s/battlecards', as: 'rep' },
  { name: 'page', path: `/p/${CARD}`, as: 'rep' },
  { name: 'page-old', path: `/p/${CARD}/v/3`, as: 'rep' },
  { name: 'history', path: `/p/${CARD}/-/history`, as: 'rep' },
  { name: 'compare', path: `/p/${CARD}/-/compare?from=10&to=11`, as: 'rep' },
  { name: 'blame', path: `/p/${CARD}/-/blame`, as: 'rep' },
  { name: 'rename', path: `/p/${CARD}/-/rename`, as: 'admin' },
  { name: 'rename-told', path: `/p/${CARD}/-/rename?title=Vectra+V8+in+the+field&summary=Why`, as: 'admin' },
  { name: 'move', path: `/p/${CARD}/-/move`, as: 'admin' },
  { name: 'move-told', path: `/p/${CARD}/-/move?space=pricing`, as: 'admin' },
  { name: 'merge', path: `/p/${CARD}/-/merge`, as: 'admin' },
  { name: 'merge-told', path: `/p/${CARD}/-/merge?into=${OTHER}`, as: 'admin' },
  { name: 'split', path: `/p/${CARD}/-/split`, as: 'admin' },
  { name: 'split-told', path: `/p/${CARD}/-/split?section=${SECTION}`, as: 'admin' },
  { name: 'archive', path: `/p/${CARD}/-/archive`, as: 'admin' },
  { name: 'source', path: `/p/${CARD}/-/source`, as: 'rep' },
  { name: 'edit', path: `/p/${CARD}/-/edit`, as: 'marketer' },
  { name: 'new', path: '/new?space=product-sheets', as: 'marketer' },
  { name: 'drafts', path: '/drafts', as: 'marketer' },
  { name: 'wanted', path: '/wanted', as: 'marketer' },
  { name: 'orphans', path: '/orphans', as: 'marketer' },
  { name: 'intel-new', path: '/intel/new', as: 'field' },
  { name: 'intel-mine', path: '/intel/mine', as: 'rep' },
  { name: 'triage', path: '/intel/triage', as: 'marketer' },
  { name: 'triage-board', path: '/intel/triage?view=board', as: 'marketer' },
  { name: 'intel', path: '/intel/236', as: 'marketer' },
  { name: 'search', path: '/search?q=vectra', as: 'rep' },
  { name: 'search-nothing', path: '/search?q=qqqqxyz', as: 'rep' },
  { name: 'people', path: '/people', as: 'admin' },
  { name: 'people-table', path: '/people/table', as: 'admin' },
  { name: 'company', path: '/people/company', as: 'admin' },
  { name: 'reach', path: '/people/spaces/battlecards/reach', as: 'admin' },
  { name: 'audit', path: '/people/audit', as: 'admin' },
  { name: 'api', path: '/api', as: 'marketer' },
  { name: 'profile', path: '/people/2', as: 'rep' },
  { name: 'keys', path: '/keys', as: 'rep' },
  { name: 'read-only', path: '/people/read-only', as: 'admin' },
  { name: 'me', path: '/me', as: 'rep' },
  { name: 'not-found', path: '/p/zzzzzzzz', as: 'rep', status: 404 },
];
