/**
 * What names say about pages, in words (`page[size]` → `page size`): for the build, which looks whether a list is paged, and
 * for the reading of one that is said to come whole.
 */

/** What a request takes. */
export const OFFSET = /^((page |record |row |result )?offset|skip|start index|start at|first result)$/;
export const PAGE = /^(page|page (number|no|num|index|idx|nr)|current page|p)$/;
export const LIMIT =
	/^((page |record |row )?limit|limit per page|page (size|count|len|length)|(results |items |records |rows )?per page|max (results|items|records|page size|per page|keys|count)|size|count|top|take|first|num (results|items|records)|rows|batch size|results)$/;

/** What an answer gives to go on with, and only where there is more. */
export const NEXT =
	/^(next|(next ?|page )+(cursor|token|marker|position|page ?token|continuation token)|continuation( token)?|next ?(page|offset|key|skip|id|start)|(odata )?next ?(page )?(link|url|uri|href)|last evaluated key)$/;
/** The same, and some vendors give it with the last page as well. */
export const PLACE =
	/^((next |end |after |page )+(cursor|token|marker|position|page token|continuation token)|cursor|marker|bookmark|scroll id|last (id|key))$/;
export const MORE =
	/^(has ?(more|next|next ?page|more (items|results|pages|data|records))|more|is truncated|truncated|more (results|items|data)|more available)$/;
export const DONE = /^(done|is last( page)?|last page reached|is done|end of (list|records|results))$/;
export const TOTAL =
	/^(total( (count|items|results|records|elements|size|entries|number|rows|hits))?|(items|results|records) total|full count)$/;
export const PAGES = /^(total pages|page count|pages|num pages|number of pages|last page|pages total|page total)$/;
/** What the parts of an answer are called that say how the list goes on. */
export const ABOUT = /(^| )(meta|metadata|paging|pagination|pages?|page info|links?|cursors?|list metadata|response metadata)$/;
/** What an answer may be wrapped in. */
export const WRAPPER = /^(data|result|response|results)$/;
