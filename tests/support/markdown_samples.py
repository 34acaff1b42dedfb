"""Markdown samples with every construct of Markdown and our extensions."""

DOCUMENTS = {
    "paragraphs": """\
One line
and another.



A second paragraph
  with an indented line.

   Three spaces before a third.
""",
    "line ends": "a\r\nb\rc\r\n\r\nd\r\r\ne\n",
    "white space": ("a\r\nb  \r\nc\rd\r\n\r\ne\tf\n \n\t\n\ng   \nh  \n  \ni\xa0\n\u2028j\x0bk\x0cl"),
    "characters that stand for something within the engine": (
        "a\x02b\x03c \x02klzzwxh:0000\x03 \x02wzxhzdk:0\x03 \x02amp\x03 \x0239\x03 &#2;39&#3; *\x02* "
        "klzzwxh:0000"
    ),
    "emphasis": """\
*a* **b** ***c*** _d_ __e__ ___f___ *g **h** i* **j *k* l** _m __n__ o_ __p _q_ r__ *s _t_ u* _v *w* x_
***a** b* ***a* b** *a **b*** **a *b*** ___a__ b_ ___a_ b__ *a **b* c** **a *b** c* *a_b*c_ _a*b_c*
**a*b**c* ****a**** ***** ****** *a**b* **a**b** *a* *b* *c* _a_b_c_ "*a*" (*b*) *c*. *d*, (*e*)f *g*h
""",
    "emphasis that begins or ends nothing": """\
a*b*c a_b_c snake_case_name __init__.py 2 * 3 * 4 _ _ __ ** * *** ___ *a _b **c __d

*one
two* and **three
four**, _five  \nsix_ *seven

eight* nine*
""",
    "code": r"""
`a` ``b ` c`` ``` d `` e ``` `f`` `g

`h
i` \`j` `k\` ``l` `` ` `` `<b>` `*m*` `"n"` `&amp;` `\*` \\`o` \\\`p` `` `q` `` `[r](s)` *`t`* `u *v` w*
""",
    "escapes": r"""
\* \_ \` \\ \{ \} \[ \] \( \) \> \# \+ \- \. \! \' \" \| \a \< \& *a\*b* \*\*c\*\* \\*d\\* [e\]](f\)) \
[g\_h](i\_j "k\"l") <https://m\*n.example> <o\_p@q.example> \<b> `\`` \\\\ \--- \... &am\p; ![r\]](s\(t)

\# No heading

\* No item

1\. No item

\> No quote
""",
    "links": """\
[a](b.md) [c](d.md "e") [f](<g h.md> 'i') [j](k(l)m.md) [n [o] p](q) [r]() [s](t "u"v") [w](x
"y") [*z*](a_b_c) [`b`](c) [d] (e) [f](g 'h' [i](j [k](l)) [![m](n.jpg)](o.md) [p
q](r) [s](t"u") [v](  w  ) [x](y 'z" a') [b](c\td) [**d](e)** *[f*](g) [h](i)[j](k) [l](m)s ![n](o)p
[q](https://r.example/s?t=u&v=w&amp;x#y_z) ["a"](b) "[c](d)" '[e](f)'s [g](h "i 'j' k") [](l) [m](<n>)o
""",
    "reference links": """\
[a][b] [b] [b][] [A b][] [c] [d][c] [e] [f][ g] ![h][b] ![b] ![b][] [i
j][b] [k] [b]
[c] [x][nowhere] [b] [b](c.md) [*b*][b] [b [c]] ![*c*][c] [B] [b]: no [l][m][b] "[b]" [e]'s

[b]: b.md 'B "and" more'
[c]: <c d.md>
  (C)
[ g]: g.md "*G*"
[a b]: ab.md

[e]:
  e.md
  "E"

Text
[f]: f.md
more [f] text

   [k]: k.md "K" and more
[l]: not
    [m]: code
""",
    "pictures": r"""
![a](b.jpg) ![c "d"](e.jpg "f 'g'") ![*h* `i` [j]](k(l).jpg) ![m
n](o) ![p] ![](q) !\[r](s) !![t](u) ! [v](w) ![x](<y z.jpg> 'a') *![b](c)* ![d&e](f&g) ![h](i)![j](k)
""",
    "addresses that are links": """\
<https://a.example/b_c_d*e*?f=g&h=i> <mailto:a@b.example> <a.b+c@d.example> <ftp://x> <x:y> <a b@c> <@> <a@>
*<https://a.example>* [<https://b.example>](c) "<https://d.example>" <https://e.example/"f"> https://g.example
""",
    "entities": """\
&amp; &copy; &#169; &#xA9; &nbsp;a &nosuch; &; & &amp &#; AT&T R&D &lt;b&gt; &quot;c&quot; `&amp;` &#39; &#39
&ndash;"d" &mdash;'e' &#8211;"f" &#8212;'g' *&amp;* [&amp;](h&amp;i) "&amp;" &nbsp;'j' & *k* &&amp;& &x y;
""",
    "html within a line": """\
a <b>b *c*</b> <i title="*d*">e</i> <br> <br/> <!-- f *g* --> <?h?> <![CDATA[i]]> 3 < 4 > 2 <j <k> </l> <>
<a href="m">"n"</a> <span>*o</span>* `<p>` <q r='s > t'> <u v="w" /> < x> </> <y@z> <b>"</b>" <i>'</i>s
""",
    "blocks of html": """\
<div>
*a*

*b*
</div>

<p>c</p> *d*

<!-- e

f -->

<hr>
g

<details open>
<summary>h</summary>
i
</details>
j

<script>
k = '<l>';
</script>

<table><tr><td>m

n

<span>*o*</span>

    <div>p</div>

* <div>q</div>

> <p>r</p>

s <div>t</div>

<h2 id="u">"v"</h2>

<pre>
  w
</pre>

<div>x
""",
    "headings": """\
# A

## B ##
### C *d* `e` [f](g) "h"
#### I \\#

#####\x20

###### J ###### k

#L

####### M

N
===

O *p*
---
q

R
=
-

s
## T's
u

## B

## B_1

## &amp; <b>

## ![v](w.jpg)

## 🎉

## 🎉

# # #

x
# y
=

* ## z

> a
> ---
""",
    "rules": """\
a

---

***

_ _ _

* * *

-  -  -

   ---

b
***
c
--

d
- - - e

----- -
**_

+++

-*-

f
   _ _ _
g
""",
    "quoted blocks": """\
> a
> b
c

> d

>> e
>
> > f

> ## g
>
> * h
>     i

j
> k
   > l
    > m

>

>n
>     o

> "p"
""",
    "lists": """\
* a
* b

    c

    * d
        * e

            code
* f

+ g
- h
i

1. j
2. k
    1. l
    2. m
        - n

7. o
3) p

* q
1. r
* s

*t
-u
1.v

* # w
  x
* > y

*\x20
* z

 10. a

٣. b

- *c*
- [d](e)
- "f"

-   g

    h

        i

  - j
   - k
    - l
     - m
""",
    "lists after text": """\
a
* b
* c

d
1. e

* f

g

    h

* i

  j

*   k

    > l

        m
* n
o
    p
""",
    "blocks of code": """\
    a *b* <c> & "d"

    e


    f

g
    h

\ti
\t\tj

     k\x20\x20

* l

        m

    n
o

    `p` -- 'q' ...
r
""",
    "tables": r"""
a | b | c
:-- | :-: | --:
*d* | `e|f` | g\|h
i | "j" |

| k |
|---|
| l |

|m|n|
|-|-|

o | p
-- | --
q

r|s
t|u

| v | w
|---|---
| <b>x</b> | [y](z) |
| 'a' | b's | c |

d | e
- | -
``f | g`` | \\| | h

i
|-|

\| j | k
|-|-|

l | m
""",
    "footnotes": """\
a[^1] b[^long name] c[^1] d[^none] [^1]: e ![^1] \\[^1] [^ 1] [f[^1]](g) *h[^2]* [^2][^2] "i[^1]" [^3]

[^1]: One *j* "k"[^2]
    and more

    > l

    * m
[^2]: Two
[^long name]:
    Three

        code

## Heading[^1] *n[^2]*

[^unused]: o

p
[^3]: q
r
""",
    "footnotes in their place": "a[^1]\n\n///Footnotes Go Here///\n\nb\n\n[^1]: c 'd'\n",
    "lists as people write them": """\
a
- b
- c
  - d
    - e
f

1) g
2) h
   - [x] i
   - [ ] j

  k

\u2022 l
\u2022\xa0m
\u00b7 n
   \u25e6 o

p
2. q
- r
1. s
+ t

u
1. v
   w

   x
2024. y
z - a
-
  b

- c

      d
-
- - e
  - f

10. g

    h
  i
> j
- k
> l
> - m
>   n
o
p
\u2022q \u2022 r
- s
***
- # t
- > u
  v
- - -
- w
    1. x
        - y

\tz
""",
    "code between fences": """\
a
```
b *c* <d> & "e"

  f
```
g
~~~ h
```
i
~~~~
- j
  ```k
   l
 m
  ```
  n
1. o
```p
q
```
2. r

   ```
   s

   t
   ```
> ```
> u
v
``` w `x`
```
y
""",
    "Markdown between tags": """\
<details>
<summary>*a*</summary>

*b*

- c
- d

</details>
e <b>*f*</b>
<div>
*g*
</div>

<!-- *h*

i --> *j*
k

<pre>
*l*

m</pre>
n
- <div>

  *o*

  </div>
  p
> <p>q
*r*

<DIV
s="t">u

<!-- *v*

<pre>

<table><tr><td>

w | x
--|--
y | z

</td></tr></table>

<span>
*a*
</span>
<b
""",
    "tables below a line": """\
a
| b | c |
|---|:-:|
| d | e |
f
- g
  | h |
  |---|
  | i |
j | k
--|--
l

m
|n|
|-|-|

o | p
--|--
# q
""",
    "addresses without marks": """\
https://a.example/b_c_d?e=f&g=h&amp;i#j. (http://k.example/l_(m)) www.n.example "https://o.example/p--q"
*https://r.example* **http://s.example/t** [https://u.example](v) [w](https://x.example) <https://y.example>
<a href="z">https://a.example</a> `https://b.example` ahttps://c.example /www.d.example @www.e.example www.
https:// Https://F.example
[https://g.example] https://h.example/**i** <www.j.example> <www.> ~~https://k~~
# https://l.example/m_n

https://o.example)) https://p.example]) https://q.example**: ![https://r.example](s.jpg) https://t..!?
""",
    "struck out": """\
~~a~~ ~~ b~~ ~~c ~~ ~~~d~~~ ~~e~f~~ ~g~ **~~h~~** ~~*i* [j](k) `~~` l~~ ~~m
n~~ ~~ ~~~~ a~~b~~c ~~"d"~~ \\~~e~~ ~~f

g~~ ~~h~~~~i~~
""",
    "names of emoji": """\
:smile: :+1: :-1: :100: :no_such_name: 10:30:45 a:x:b ::x:: **:tada:** [:tada:](a) `:tada:` :tada::tada: :x:.
: smile : ":smile:" :Smile: :smile-text: *:white_check_mark:* _:white_check_mark:_
https://a.example/:x: ~~:x:~~

:smile: a
""",
    "escapes of everything": (
        r"""\$ \~ \@ \% \^ \& \, \/ \: \; \< \= \? " '  \é \~~a~~ \https://b \:smile: \&amp; `\$` "\@"ab\
c\d
"""
        + "\\"
    ),
    "reference links with code": """\
[`a`] [`a`][] [b][`a`] [`c`] [*d* `e`] ["f" `G<h>`] [`a` `a`]

[`a`]: i.md
[`e`]: j.md
["f" `g<h>`]: k.md
""",
    "definitions": """\
a
: b
: c *d*

e
f

:   g

    h

    * i

:   j
: k

l
:m

: n

* o
: p

q "r"
   : s's

t

    : u
""",
    "abbreviations": """\
ABC and AB, "ABC's", *ABC* `ABC` [ABC](ABC) <ABC> XABC ABCs ABC-AB 'AB' n

## ABC

*[ABC]: A *b* "c"
*[AB]: d
text
*[e f]:g
 *[h]: i

*[j] : k

*[l]:
  m

j e f h l n ABC--AB "j"

*[n]: o

*[p]
: q
""",
    "double quotes": """\
"a" (b "c") "d," "e." f"g "h"i "j"
"k" -"l" --"m" "n"-- "o"- "p"... "..." "" \""" ""q"" " r " "s:t" *"u"* "*v*" "_w [“x”](y "z") "`a`" "[b](c)"
"<b>d</b>" "&amp;" &nbsp;"e" "é" “"f"” –"g" —"h" \xa0"i" "1" "2"x 3"4 5" ("6")["7"]{"8"}
"Well," she said, "this is long." He: "No!" --"Yes?"
"An end
"and a beginning"
here" (and "there") with "more."
""",
    "single quotes": """\
'a' (b 'c') 'd,' 'e.' f'g 'h'i 'j'
'k' -'l' --'m' 'n'-- 'o'- 'p'... '...' '' ''' ''q'' ' r ' isn't it's 's 'sx the '80s 80's '90sx '1 1'2 dogs'
dogs', *'u'* '*v*' o'*w* x*y*'s `z`'s [a](b)'s 'tis n' 'n' rock 'n' roll &nbsp;'e' 'é' –'g' \xa0'i' the '80s'
'Well,' she said, 'this is long.' I'm, we'd, they'll, the teams' robots, the class of '24, O'Neill, a 5' pole
""",
    "quotes in quotes": """\
"'a' b" '"a" b' "a 'b'" 'a "b"' "'a'" '"a"' "'" '"' a'" a"' "' a" '" a' "a"'b' 'c'"d" "e 'f' g" 'h "i" j'
"One said, 'yes.'" 'Another said, "no."' "'Three' words" '"Four" words' "It's 'hers'," ('"x"') *"'y'"* "'*z*'"
""",
    "quotes at edges": """\
a '
'b

c ' 'd

e "
"f

g----'s h

i---'s j

k--'s l

m-'s n

o----"p q

'.

".

'_a

"_a

'-

"(

*a*' *b*" *c*'. *d*"_ *e*'s *f*'

'

"

"'

'"

\\'a\\' \\"b\\" "\\"c\\"" '\\'d\\''

"a"
'b'

* "c"
* 'd'
""",
    "dashes and dots": """\
a-b a--b a---b a----b -- --- ---- a -- b --
--a --- b-- \\-- -\\- a... ... .... a.. b ..... '...' *a*... . . . "-" '--' --"--" ...--- "a"--'b' -- "c"
""",
    "angles": "<<a>> >> b << 'c' <<'d'>> \"<<e>>\"",
    "what looks like a block and is none": """\
a
#

*b*
c
*d* e

[f](g)
[h](i): j
[k] : l

12 m
13.n

-o
+p

q
:r

  s

 =

t
 =

_u_
_ v
**w**

x -- y
z = a
2024-11-04: b
c > d
""",
    "nothing": "",
    "white space alone": " \n\t\n  \n",
    "a single mark": "*",
    "a table of contents": "[TOC]\n\n# a\n\n### b\n\n## c\n\n#### d",
    "things nested deeply": (
        "> " * 60 + 'a *b* "c"\n\n' + "* " * 60 + "d\n\n" + "*a **b " * 40 + "[" * 40 + "e" + "]" * 40
    ),
    "things that never end": "*a _b `c [d](e ![f][g <h \"i 'j",
}
