/** The topics of --help. */
export type Topic = 'vendor' | 'describe' | 'parameters' | 'request' | 'add' | 'list' | 'lifecycle' | 'diff' | 'update';

const DOCUMENT = `  <openapi file>            OpenAPI 2.0, 3.0 or 3.1, as JSON or YAML; "-" is standard input
  --overlay FILE            an OpenAPI Overlay 1.0; without it, the one beside the document: acme.openapi.yaml, acme.overlay.yaml
  --operation "POST /path"  needed where the document has several operations`;

const OVERLAY = '  --overlay FILE            an OpenAPI Overlay 1.0; without it, the one beside the document';

const ARRAY = 'Where FILE holds a JSON array, the answer is an array in the same order; "-" is standard input.';

const EXITS =
	'Answers go to standard output, messages to standard error. Exit code 1: the document or the values are wrong; 2: wrong\narguments.';

/** The texts of --help. */
export const HELP: { [topic in Topic]: string } = {
	vendor: `npm run --silent vendor -- <command> …

From a vendor's OpenAPI document to an n8n node.

  describe    the node and the credential type that a document becomes
  parameters  the node parameters that express a request
  request     the request that node parameters stand for
  add         writes a vendor's node, credential type, icons, example and test into this package
  list        the operations of a document, by resource
  lifecycle   what a whole document says of the life of a credential: operations, pages, lookups, identity
  diff        what a vendor changed in its document, and whether that breaks stored workflows
  update      puts a vendor's next document in the place of the one that is there, under the same overlay

"npm run vendor -- <command> --help" says more about each.
${EXITS}`,

	describe: `npm run --silent vendor -- describe <openapi file> [--operation "POST /path"]

Prints { node, credential, warnings } as JSON: the node as n8n describes it, the credential type that goes with it, and
what the document leaves open.

${DOCUMENT}

${EXITS}`,

	parameters: `npm run --silent vendor -- parameters <openapi file> [--operation "POST /path"] --request FILE

Prints the node parameters, as n8n stores them in a workflow, that express a request. FILE holds the request as JSON:

  { "path": { … }, "query": { … }, "header": { … }, "cookie": { … }, "body": … }

Each part can be left out. ${ARRAY}
A request of an array that the form cannot express is answered by { "error": "…" } in its place, with exit code 1 at the
end.

FILE can also hold a curl command, or n8n's HTTP Request node as copied from the editor (Ctrl-C). Then the answer is a
node of this package, ready to be pasted into the editor; the operation is found by method and address. The API key is
left out: it belongs into the n8n credential.

${DOCUMENT}

${EXITS}`,

	request: `npm run --silent vendor -- request <openapi file> [--operation "POST /path"] --parameters FILE [--base-url URL] [--reveal]

Prints the request that node parameters stand for, as the node would send it:

  { "valid": true, "request": { method, url, headers, body } }
  { "valid": false, "problems": [ { field, message } ] }       with exit code 1

FILE holds the node parameters as JSON. ${ARRAY}

${DOCUMENT}
  --base-url URL            address of the vendor, where the document names none or another one is meant
  --reveal                  show secret values, which are masked otherwise

${EXITS}`,

	add: `npm run vendor -- add <openapi file> [--name <Vendor>] [--operation "POST /path"]…

Writes a vendor into this package: nodes/<Vendor>/ with the document's part that is needed, credentials/, icons/,
examples/, test/nodes/, and the registration in package.json. The next build ships a working node. Nothing is overwritten.

  <openapi file>            OpenAPI 2.0, 3.0 or 3.1, as JSON or YAML; "-" is standard input
  --name "Acme Cloud"       what the vendor is called; taken from the document's title when left out
  --operation "POST /path"  operations of the node; can be given several times, and left out where there is one only
${OVERLAY}

${EXITS}`,

	list: `npm run --silent vendor -- list <openapi file>

Prints the operations of a document by resource: what each does, which of them create something like a credential, and
what of that is a guess.

  <openapi file>  OpenAPI 2.0, 3.0 or 3.1, as JSON or YAML; "-" is standard input
${OVERLAY}

${EXITS}`,

	lifecycle: `npm run --silent vendor -- lifecycle <openapi file> [--operation "POST /path"]… | --all

Reads the life of a credential off the whole document and prints one line of JSON for each operation that creates one:
get, list, update, delete, other operations, paging, records, ids, secrets that are shown once, identity, lookups and a
call that tests a key, each with a reason ("why") and how sure it is ("sure", 0 to 1). Nothing is sent.

  <openapi file>            OpenAPI 2.0, 3.0 or 3.1, as JSON or YAML; "-" is standard input
  --operation "POST /path"  operations that create; can be given several times. Without it: all that are like a credential's
${OVERLAY}
  --all                     one line for each operation (role, entity), list (pagination) and input that a list fills (lookups)

${EXITS}`,

	diff: `npm run --silent vendor -- diff <their new document> <our document> [--overlay FILE]

Prints what is different as JSON: { "breaks": true, "changes": [ { operation, place, change, breaks } ] }. "breaks" says
that a workflow which was stored with our document may fail with theirs. Our document may be a part of theirs: operations
that only theirs has are named, and break nothing. --overlay is laid over our document; without it, the overlay beside it.

Answers go to standard output, messages to standard error. Exit code 1: something breaks, or a document is wrong; 2: wrong
arguments.`,

	update: `npm run --silent vendor -- update <Vendor> <their new document> [--force]

Puts the part of the new document that the node uses in the place of nodes/<Vendor>/<vendor>.openapi.yaml, under the overlay that
lies beside it, and prints as JSON: { breaks, changes, overlay, written, kept, notes }.

  changes   what is different, and whether it breaks stored workflows, as "diff" tells it
  overlay   what of the overlay does not fit the new document any more. Nothing is written until it does: correct the overlay
  written   the document, and what "add" generates from it (test, example, page, node, credential type), where nobody edited it
  kept      files that would be generated differently now, but were edited by hand: compare them

  --force                   write also where stored workflows break

Exit code 1: something breaks, and nothing was written; 2: wrong arguments.`,
};
