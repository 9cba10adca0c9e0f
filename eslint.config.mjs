// The rules of n8n's own tool (n8n-node lint) and its package scanner, spelled out because the tool depends on packages
// that not every registry has.
import eslint from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { globalIgnores } from 'eslint/config';
import n8nNodesPlugin from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** What ends up in the package; everything else only runs on developers' machines. */
const shipped = ['nodes/**/*.ts', 'credentials/**/*.ts', 'engine/**/*.ts'];
const onlyBuild = ['engine/compile/**', 'engine/tools/**'];

/** n8n's own rule allows all development dependencies, but where n8n installs the package, there are none of them. */
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
	globalIgnores(['dist', 'packs', '.n8n', 'node_modules', 'coverage', '**/*.generated.json']),
	{
		files: ['**/*.ts'],
		extends: [eslint.configs.recommended, tseslint.configs.recommendedTypeChecked],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'no-console': 'error',
			// Prettier wraps neither strings nor comments. Regular expressions cannot be wrapped.
			'max-len': ['error', { code: 140, tabWidth: 1, ignoreRegExpLiterals: true, ignoreTemplateLiterals: true }],
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
			// Finds every switch that does not handle a new kind of field.
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: false }],
			// JSON values are only converted to text if they are scalars, which the rule cannot tell.
			'@typescript-eslint/no-base-to-string': 'off',
			// n8n's interfaces require promises even from functions that have nothing to wait for.
			'@typescript-eslint/require-await': 'off',
		},
	},
	{
		// Tests compare untyped values from vendors, n8n and JSON.parse with what they expect, and some run generated code.
		// The internals of n8n that they use have other types than n8n declares.
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
		// The build bundles the schema validator into the engine; Node.js is always there, and n8n allows this part of it.
		files: ['engine/**/*.ts'],
		ignores: onlyBuild,
		rules: {
			'@typescript-eslint/no-restricted-imports': importsOnly(['n8n-workflow', 'node:crypto', '@cfworker/json-schema']),
		},
	},
	{
		// The command lines may only import the index files of the engine's folders, and its model.
		files: ['cli/**/*.ts'],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{ patterns: [{ regex: 'engine/(compile|run|tools)/', message: "Import from the room's index, which says what it is for." }] },
			],
		},
	},
	{
		// Command lines write to the console.
		files: ['cli/**/*.ts', 'scripts/**/*.ts', 'test/**/main.ts', 'test/property/corpus/addAll.ts'],
		rules: { 'no-console': 'off' },
	},
	{
		// A call takes at most about 100,000 arguments, and an operator or a document may supply more values.
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
		files: ['package.json', 'packages/*/package.json', 'nodes/**/*.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
	},
	{ plugins: { 'n8n-nodes-base': n8nNodesPlugin } },
	{
		files: ['package.json', 'packages/*/package.json'],
		rules: { ...n8nNodesPlugin.configs.community.rules },
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesPlugin.configs.credentials.rules,
			// These two, and the three below, are also off in n8n's tool.
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
