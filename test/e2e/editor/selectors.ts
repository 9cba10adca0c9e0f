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

/** The box of the node panel that one searches with. */
export const SEARCH = id('node-creator-search-bar');

/** The names of what the node panel offers. */
export const ITEM_NAME = id('node-creator-item-name');

/** The entry of the node panel that the arrow keys have come to, which Enter takes. */
export const CHOSEN_ITEM = '[data-keyboard-nav-id][class*="_active_"]';

/** What n8n says when it does not run a workflow. The second is of newer editors. */
export const REFUSED = /The workflow has issues|node has issues/;

/** What stands above the list of n8n credentials for the vendor. The second is that of newer editors. */
export const CREDENTIAL_LABEL = /^\s*(Credential to connect with|Credential)\s*$/;

/** The window in which an n8n credential is entered, without its head. */
export const CREDENTIAL_WINDOW = id('credential-edit-dialog');

/** The key that opens the panel of nodes: n8n changed it when it gave the tabulator back to the browser. */
export const PANEL_KEY = process.env.E2E_VERSION?.startsWith('2.4.') ? 'Tab' : 'n';
