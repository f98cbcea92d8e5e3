export const PANEL = `
.wg{position:fixed;right:20px;bottom:20px;width:372px;height:min(640px,calc(100dvh - 40px));border-radius:16px;background:var(--surface);box-shadow:0 0 0 1px light-dark(rgb(27 26 24/.07),rgb(255 255 255/.08)),0 8px 28px -6px rgb(20 18 14/.22),0 2px 6px rgb(20 18 14/.06);display:flex;flex-direction:column;overflow:hidden}
.left .wg{right:auto;left:20px}
header{display:flex;align-items:center;gap:12px;padding:12px 16px;border-bottom:1px solid var(--line);flex:none}
header .who{flex:1;min-width:0;font-size:13px;line-height:20px}
header b{display:block;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
header small{display:block;font-size:12px;line-height:18px;color:var(--ink3)}header small.on{color:var(--good)}
.av{width:32px;height:32px;border-radius:50%;display:grid;place-items:center;background:var(--soft);color:var(--text);font-weight:600;font-size:13px;position:relative;flex:none}
.av.live::after{content:"";position:absolute;right:-1px;bottom:-1px;width:10px;height:10px;border-radius:50%;background:var(--good);border:2px solid var(--surface)}
.sq{width:32px;height:32px;border-radius:6px;display:grid;place-items:center;color:var(--ink2);flex:none}.sq:hover{background:var(--hover)}
.talk{flex:1;overflow-y:auto;padding:16px;display:flex;flex-direction:column;gap:12px;overscroll-behavior:contain}
.bub{padding:8px 12px;border-radius:10px;background:var(--sunken);width:fit-content;max-width:92%;font-size:13px;line-height:20px;overflow-wrap:anywhere}
.me{align-self:flex-end;max-width:92%;display:flex;flex-direction:column;align-items:flex-end}.me .bub{background:var(--soft);max-width:100%;white-space:pre-wrap}
.me .bub.wait{opacity:.6}
.bub p{margin:0}.bub p+p,.bub ul,.bub ol,.bub pre,.bub table,.bub blockquote{margin:6px 0 0}.bub ul,.bub ol{padding-inline-start:20px}.bub pre{overflow-x:auto;padding:8px;background:var(--surface);border-radius:6px}.bub code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:12px}.bub h3{font-size:13px;margin:6px 0 0}.bub blockquote{padding-inline-start:10px;border-inline-start:2px solid var(--line2)}.bub td,.bub th{padding:2px 8px 2px 0;text-align:start}
a{color:var(--text);text-underline-offset:2px}
.src{display:flex;flex-direction:column;gap:4px;margin-top:10px;padding-top:8px;border-top:1px solid var(--line2);font-size:12px;line-height:18px}.src a{display:flex;gap:6px;align-items:center;color:var(--ink);text-decoration:none;min-height:24px}.src a:hover{text-decoration:underline}.src span{color:var(--text)}
.row{display:flex;flex-wrap:wrap;gap:6px;align-items:center}
.chip,.btn{min-height:28px;padding:2px 10px;border:1px solid var(--line2);border-radius:6px;background:var(--surface);font-size:12px;line-height:18px;display:inline-flex;align-items:center;gap:6px}.chip:hover,.btn:hover{background:var(--hover)}
.btn.pri{background:var(--accent);border-color:var(--accent);color:#fff;min-height:36px;justify-content:center;font-size:14px;font-weight:500}
.ev,.meta{font-size:12px;line-height:18px;color:var(--ink3);margin:0}.ev{text-align:center}.meta{text-align:end;margin-top:2px}.meta.bad,.err{color:var(--bad)}
.att{display:flex;gap:8px;align-items:center;font-size:12px;line-height:18px;color:inherit;margin-top:4px;min-height:24px}.att img{max-width:220px;max-height:220px;border-radius:6px;display:block}
.card{border:1px solid var(--line);border-radius:10px;padding:14px;display:flex;flex-direction:column;gap:10px}.card label{font-size:12px;line-height:18px;color:var(--ink2);display:flex;flex-direction:column;gap:4px}
.in{border:1px solid var(--edge);border-radius:6px;background:var(--surface);padding:6px 10px;font-size:14px;line-height:22px;width:100%;color:var(--ink)}
footer{padding:12px;border-top:1px solid var(--line);flex:none}
.hints{display:flex;flex-direction:column;gap:2px;margin-bottom:8px;font-size:12px;line-height:18px}.hints[hidden]{display:none}.hints b{font-weight:500;color:var(--ink3)}.hints a{display:flex;gap:6px;align-items:center;min-height:28px;color:var(--ink);text-decoration:none}.hints a:hover{text-decoration:underline}
.box{display:flex;align-items:flex-end;gap:4px;border:1px solid var(--edge);border-radius:6px;padding:4px 6px 4px 10px;background:var(--surface)}.box:focus-within{outline:2px solid var(--text);outline-offset:1px}
.box textarea{flex:1;min-width:0;border:0;background:none;resize:none;outline:0;padding:5px 0;max-height:120px;font-size:14px;line-height:22px}
.box textarea::placeholder,.in::placeholder{color:var(--ink3);opacity:1}
.box .send{background:var(--accent);color:#fff}.box .send:hover{background:var(--accent)}.box .send[disabled]{opacity:.5;cursor:default}
.typing{display:inline-flex;gap:3px;padding:6px 0}.typing i{width:5px;height:5px;border-radius:50%;background:var(--ink3);animation:sd .6s infinite alternate}.typing i:nth-child(2){animation-delay:.2s}.typing i:nth-child(3){animation-delay:.4s}
@keyframes sd{to{opacity:.25}}
.strip{padding:4px 16px;font-size:12px;line-height:18px;background:var(--sunken);color:var(--ink2)}
@media (prefers-reduced-motion:reduce){.typing i{animation:none}}
@media (forced-colors:active){.bub,.btn,.chip,.launch{border:1px solid}}
@media (max-width:760px){.wg{inset:0;width:auto;height:auto;border-radius:0}.sq{width:44px;height:44px}.chip,.btn{min-height:36px}.in,.box textarea{font-size:16px}.box textarea{padding:11px 0}}
`;
