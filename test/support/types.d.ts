/** The plugin comes without types; only its rules are looked at. */
declare module 'eslint-plugin-n8n-nodes-base' {
	const plugin: { rules: { [name: string]: unknown } };
	export default plugin;
}
