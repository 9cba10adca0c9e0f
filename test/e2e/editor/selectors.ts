/** Selector of what n8n marks for its own tests. */
export function id(name: string): string {
	return `[data-test-id="${name}"]`;
}

/** The panel of the open node. */
export const PANEL = id('ndv');

/** The node's result within it. */
export const OUTPUT = `${PANEL} ${id('output-panel')}`;

/** The button that runs the workflow as far as the open node. */
export const EXECUTE = `${PANEL} ${id('node-execute-button')}`;

/** The node's parameters within it: the form. The tab with the settings has a list of its own. */
export const FORM = `${PANEL} ${id('node-parameters')} .parameter-input-list-wrapper >> nth=0`;
