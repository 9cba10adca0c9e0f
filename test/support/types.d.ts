/** The plugin has no types of its own; only its rules are used. */
declare module 'eslint-plugin-n8n-nodes-base' {
	const plugin: { rules: { [name: string]: unknown } };
	export default plugin;
}
