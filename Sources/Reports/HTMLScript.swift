// The script of the page: it sorts, filters, brushes and copies. Without it everything can be read.
//
// It reads the page and the numbers of `putData`, and writes by `textContent` only: nothing in a
// log can become markup here either.

enum HTMLScript {
    static let program: [StaticString] = [
        "(function(){\"use strict\";", start, table, filter, brush, copy, rest, "})();",
    ]

    private static let start: StaticString = """
        var $=function(id){return document.getElementById(id)};
        var all=function(what,inside){return [].slice.call((inside||document)
        .querySelectorAll(what))};
        var data=JSON.parse($("data").textContent);
        var bins=data.bins.length-1;
        var rows=all("#findings tbody tr"),cards=all("article.card");
        var from=0,to=Math.max(bins,0);
        document.documentElement.classList.add("js");
        function grouped(n){return String(n).replace(/\\B(?=(\\d{3})+$)/g,",")}

        """

    private static let table: StaticString = """
        all("#findings thead th").forEach(function(head,column){
        var button=document.createElement("button");
        button.type="button";button.textContent=head.textContent;
        head.textContent="";head.appendChild(button);
        button.addEventListener("click",function(){
        var was=head.getAttribute("aria-sort");
        var number=head.classList.contains("num")&&column>0;
        var up=was?was==="descending":!number;
        all("#findings thead th").forEach(function(other){other.removeAttribute("aria-sort")});
        head.setAttribute("aria-sort",up?"ascending":"descending");
        var key=function(row){var cell=row.cells[column];
        var sort=cell.getAttribute("data-sort");
        return sort===null?cell.textContent.toLowerCase():Number(sort)};
        var keyed=rows.map(function(row,place){return{row:row,key:key(row),place:place}});
        keyed.sort(function(a,b){
        if(a.key<b.key)return up?-1:1;
        if(a.key>b.key)return up?1:-1;
        return a.place-b.place});
        var body=rows.length?rows[0].parentNode:null;
        keyed.forEach(function(one){body.appendChild(one.row)})})});

        """

    private static let filter: StaticString = """
        var text=$("filter-text"),harm=$("filter-harm"),cause=$("filter-cause");
        function within(id){
        var counts=data.counts[id],sum=0;
        if(!counts)return 0;
        for(var i=0;i<counts.length;i+=2)if(counts[i]>=from&&counts[i]<to)sum+=counts[i+1];
        return sum}
        rows.forEach(function(row){row.said=row.textContent.toLowerCase();
        row.packets=row.querySelector("[data-label=Packets]");
        row.total=row.packets.textContent;row.sort=row.packets.getAttribute("data-sort")});
        function show(){
        var brushed=bins>0&&(from>0||to<bins);
        var words=text?text.value.trim().toLowerCase():"";
        var hidden={},shown=0,packets=0;
        rows.forEach(function(row){
        var id=row.getAttribute("data-id"),count=brushed?within(id):Number(row.sort);
        var fits=(!words||row.said.indexOf(words)>=0)
        &&(!harm.value||row.getAttribute("data-harm")===harm.value)
        &&(!cause.value||row.getAttribute("data-cause")===cause.value)
        &&(!brushed||count>0);
        row.hidden=!fits;hidden[id]=!fits;
        row.packets.textContent=brushed?grouped(count):row.total;
        row.packets.setAttribute("data-sort",String(count));
        if(fits){shown++;packets+=count}});
        cards.forEach(function(card){card.hidden=!!hidden[card.getAttribute("data-id")]});
        all("section.group").forEach(function(group){
        group.hidden=!all("article.card",group).some(function(card){return !card.hidden})});
        var filtered=brushed||words||(harm&&harm.value)||(cause&&cause.value);
        if($("filter-clear"))$("filter-clear").disabled=!filtered;
        if($("filter-told"))$("filter-told").textContent=!filtered?"":
        grouped(shown)+" of "+grouped(rows.length)+" findings, "+grouped(packets)+" packets"
        +(brushed?" from "+data.bins[from]+" up to "+data.bins[to]:"")+"."}
        if($("filters")){$("filters").hidden=false;
        $("filters").addEventListener("submit",function(event){event.preventDefault()});
        [text,harm,cause].forEach(function(one){one.addEventListener("input",show)});
        $("filter-clear").addEventListener("click",function(){
        text.value="";harm.value="";cause.value="";choose(0,bins)})}

        """

    private static let brush: StaticString = """
        var plot=$("plot"),first=$("brush-from"),last=$("brush-to");
        function choose(a,b){
        from=Math.max(0,Math.min(a,b));to=Math.min(bins,Math.max(a,b));
        if(to===from){if(to<bins)to++;else if(from>0)from--}
        if(plot){
        var left=$("shade-left"),right=$("shade-right");
        left.hidden=from===0;right.hidden=to===bins;
        left.style.left="0";left.style.width=100*from/bins+"%";
        right.style.right="0";right.style.width=100*(bins-to)/bins+"%";
        first.value=from;last.value=to;
        $("brush-from-text").textContent=data.bins[from];
        $("brush-to-text").textContent=data.bins[to];
        first.setAttribute("aria-valuetext",data.bins[from]);
        last.setAttribute("aria-valuetext",data.bins[to]);
        $("brush-clear").disabled=from===0&&to===bins}
        show()}
        if(plot){
        $("brush").hidden=false;
        var held=null;
        var bin=function(event){var box=plot.getBoundingClientRect();
        return Math.max(0,Math.min(bins,(event.clientX-box.left)/box.width*bins))};
        plot.addEventListener("pointerdown",function(event){
        if(event.button)return;held=bin(event);plot.setPointerCapture(event.pointerId)});
        plot.addEventListener("pointermove",function(event){
        if(held===null)return;var now=bin(event);
        choose(Math.floor(Math.min(held,now)),Math.ceil(Math.max(held,now)))});
        plot.addEventListener("pointerup",function(event){
        if(held===null)return;var now=bin(event);
        choose(Math.floor(Math.min(held,now)),Math.ceil(Math.max(held,now)));held=null});
        plot.addEventListener("pointercancel",function(){held=null});
        first.addEventListener("input",function(){
        choose(Math.min(Number(first.value),to-1),to)});
        last.addEventListener("input",function(){
        choose(from,Math.max(Number(last.value),from+1))});
        $("brush-clear").addEventListener("click",function(){choose(0,bins)});
        choose(0,bins)}

        """

    private static let copy: StaticString = """
        function fallback(words){
        var area=document.createElement("textarea");
        area.value=words;area.className="away";document.body.appendChild(area);area.select();
        var done=false;try{done=document.execCommand("copy")}catch(error){done=false}
        area.remove();return done}
        function copied(button,done){
        button.textContent=done?"Copied":"Not copied";$("told").textContent=button.textContent;
        setTimeout(function(){button.textContent=button.said;$("told").textContent=""},2000)}
        function addCopy(after,said,label,words){
        var button=document.createElement("button");
        button.type="button";button.className="copy";button.said=said;
        button.textContent=said;button.setAttribute("aria-label",label);
        button.addEventListener("click",function(){
        if(navigator.clipboard&&navigator.clipboard.writeText){
        navigator.clipboard.writeText(words).then(function(){copied(button,true)},
        function(){copied(button,fallback(words))})}
        else copied(button,fallback(words))});
        after.insertAdjacentElement("afterend",button)}
        all("code.command").forEach(function(code){
        if(code.textContent.indexOf(" ")>0)
        addCopy(code,"Copy","Copy "+code.textContent,code.textContent)});

        """

    private static let rest: StaticString = """
        var theme=$("theme");theme.hidden=false;
        theme.addEventListener("click",function(){
        var root=document.documentElement,now=root.getAttribute("data-theme");
        if(!now)now=matchMedia("(prefers-color-scheme:dark)").matches?"dark":"light";
        root.setAttribute("data-theme",now==="dark"?"light":"dark")});
        function unfold(){
        var id=location.hash.slice(1),target=id&&$(id);
        for(var at=target;at&&at!==document;at=at.parentNode)
        if(at.tagName==="DETAILS")at.open=true;
        if(target&&target.scrollIntoView)target.scrollIntoView()}
        addEventListener("hashchange",unfold);if(location.hash)unfold();
        var folded=[];
        addEventListener("beforeprint",function(){
        folded=all("details:not([open])");folded.forEach(function(one){one.open=true})});
        addEventListener("afterprint",function(){
        folded.forEach(function(one){one.open=false})});
        """
}
