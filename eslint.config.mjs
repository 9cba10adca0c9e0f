// The rules that n8n's own tool (n8n-node lint) and its package scanner apply, written out: the tool itself brings
// packages that not every registry has.
import eslint from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { globalIgnores } from 'eslint/config';
import n8nNodesPlugin from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** What ends up in the package. Everything else runs on a developer's machine only. */
const shipped = ['nodes/**/*.ts', 'credentials/**/*.ts', 'engine/**/*.ts'];
const onlyBuild = ['engine/compile/**', 'engine/tools/**'];

/** n8n's own rule lets every development dependency pass, but where n8n installs the package there is none of them. */
const importsOnly = (allowed) => [
	'error',
	{
		patterns: [
			{ regex: `^(?!\\.|(${allowed.join('|')})$)`, allowTypeImports: true, message: 'This is not there where n8n installs the package.' },
			{ regex: '/compile(/|$)', allowTypeImports: true, message: 'The compiler does not ship.' },
		],
	},
];

export default tseslint.config(
	globalIgnores(['dist', '.n8n', 'node_modules', 'coverage', '**/*.generated.json']),
	{
		files: ['**/*.ts'],
		extends: [eslint.configs.recommended, tseslint.configs.recommendedTypeChecked],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'no-console': 'error',
			// Prettier breaks no text and no comment. A regular expression cannot be broken.
			'max-len': ['error', { code: 140, tabWidth: 1, ignoreRegExpLiterals: true, ignoreTemplateLiterals: true }],
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
			// A new kind of field is missing wherever it is not thought of.
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: false }],
			// What is JSON is written as text where it is a scalar, which the rule cannot tell.
			'@typescript-eslint/no-base-to-string': 'off',
			// n8n's interfaces want promises, also of what has nothing to wait for.
			'@typescript-eslint/require-await': 'off',
		},
	},
	{
		// Tests read what vendors, n8n and JSON.parse give, which has no type, and hold it against what they expect; some run
		// what was generated. What they reach of n8n's inner parts has other types than n8n says.
		files: ['test/**/*.ts'],
		rules: {
			'@typescript-eslint/no-implied-eval': 'off',
			'@typescript-eslint/no-unnecessary-type-assertion': 'off',
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			'@typescript-eslint/switch-exhaustiveness-check': 'off',
			'@typescript-eslint/unbound-method': 'off',
		},
	},
	{
		files: shipped,
		ignores: onlyBuild,
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		rules: { '@typescript-eslint/no-restricted-imports': importsOnly(['n8n-workflow']) },
	},
	{
		// The build puts the schema checker into the engine's file; Node.js is everywhere, and n8n allows this part of it.
		files: ['engine/**/*.ts'],
		ignores: onlyBuild,
		rules: {
			'@typescript-eslint/no-restricted-imports': importsOnly(['n8n-workflow', 'node:crypto', '@cfworker/json-schema']),
		},
	},
	{
		// The command lines know the engine by the faces of its rooms, and its model.
		files: ['cli/**/*.ts'],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{ patterns: [{ regex: 'engine/(compile|run|tools)/', message: "Import from the room's index, which says what it is for." }] },
			],
		},
	},
	{
		// Command lines talk to the console.
		files: ['cli/**/*.ts', 'scripts/**/*.ts', 'test/**/main.ts', 'test/property/corpus/addAll.ts'],
		rules: { 'no-console': 'off' },
	},
	{
		// A call takes no more than about 100,000 arguments, and an operator or a document can bring more.
		files: [...shipped, 'cli/**/*.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector: ':matches(CallExpression, NewExpression) > SpreadElement',
					message: 'A list can be too long to be arguments: append() or a loop.',
				},
				{ selector: 'CallExpression[callee.property.name="apply"]', message: 'A list can be too long to be arguments: a loop.' },
			],
		},
	},
	{
		files: ['package.json', 'nodes/**/*.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
	},
	{ plugins: { 'n8n-nodes-base': n8nNodesPlugin } },
	{
		files: ['package.json'],
		rules: { ...n8nNodesPlugin.configs.community.rules },
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesPlugin.configs.credentials.rules,
			// These two, and the three below, are off in n8n's tool too.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesPlugin.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
);
