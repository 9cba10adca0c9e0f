/**
 * What names say about paging, matched against their words (`page[size]` → `page size`). The build uses it to detect
 * paging, the run time to read a list that is declared to come whole.
 */

/** Names of request parameters. */
export const OFFSET = /^((page |record |row |result )?offset|skip|start index|start at|first result)$/;
export const PAGE = /^(page|page (number|no|num|index|idx|nr)|current page|p)$/;
export const LIMIT =
	/^((page |record |row )?limit|limit per page|page (size|count|len|length)|(results |items |records |rows )?per page|max (results|items|records|page size|per page|keys|count)|size|count|top|take|first|num (results|items|records)|rows|batch size|results)$/;

/** Names in a response that tell how to continue, present only while there is more. */
export const NEXT =
	/^(next|(next ?|page )+(cursor|token|marker|position|page ?token|continuation token)|continuation( token)?|next ?(page|offset|key|skip|id|start)|(odata )?next ?(page )?(link|url|uri|href)|last evaluated key)$/;
/** Likewise, but some vendors send these with the last page too. */
export const PLACE =
	/^((next |end |after |page )+(cursor|token|marker|position|page token|continuation token)|cursor|marker|bookmark|scroll id|last (id|key))$/;
export const MORE =
	/^(has ?(more|next|next ?page|more (items|results|pages|data|records))|more|is truncated|truncated|more (results|items|data)|more available)$/;
export const DONE = /^(done|is last( page)?|last page reached|is done|end of (list|records|results))$/;
export const TOTAL =
	/^(total( (count|items|results|records|elements|size|entries|number|rows|hits))?|(items|results|records) total|full count)$/;
export const PAGES = /^(total pages|page count|pages|num pages|number of pages|last page|pages total|page total)$/;
/** Names of the parts of a response that hold paging information. */
export const ABOUT = /(^| )(meta|metadata|paging|pagination|pages?|page info|links?|cursors?|list metadata|response metadata)$/;
/** Names that a response may be wrapped in. */
export const WRAPPER = /^(data|result|response|results)$/;
