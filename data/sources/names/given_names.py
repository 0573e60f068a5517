"""Given names that are common and hardly ever surnames: they tell "Barbara Oak, Donald Tern" from "García Márquez, Ana Lucía"."""

_NAMES = """
adam agnes aisha alan albert alberto alejandro alessandra alessandro alexander alexandra alfred alice alicia alina amanda amy
ana andrea andreas andrew andrey angela anita anja ann anna anne annette annika anthony antje antoine anton antonio astrid
barbara beatrice benjamin bernd bernhard bettina birgit björn boris brian brigitte camille carla carlo carlos carmen carol
caroline catherine cecilia charles charlotte chiara christian christina christine christoph christopher claire clara claudia
claudio clemens cornelia cristina cynthia daniel daniela david deborah denise diana diego dieter dmitry dominik donald
dorothea douglas edith eduardo edward elena eleonora elisa elisabeth elizabeth ellen emily emma emmanuel enrico eric erik
ernst esther eugene eva fabian federico felix fernando florian francesca francesco frank franziska françois frederik
friedrich gabriela gabriele gareth georg george gerald gerhard gertrud gianluca giorgio giovanni giulia giuseppe gregory
guido gunnar gustavo hannah hannes hans harald heather heike heinrich heinz helen helena helga helmut henrik henry hermann
hiroshi holger howard hugo igor ines inga ingrid irina isabel isabelle ivan jacob jacqueline james jan jane janet jean
jeffrey jennifer jens jessica joachim joan joanna johan johanna johannes john jonas jonathan jorge josef joseph joshua josé
juan judith julia julian juliane jürgen karen karin karl karsten katarina katharina katherine kathleen katja katrin kenneth
kevin klaus kristina kurt larissa lars laura laurent lena leonardo linda lisa louise lucas lucia ludwig luigi luis luisa
lukas magdalena manfred manuel marco margaret maria marie marina marion mark markus marta martina matteo matthew matthias
maurizio mauro melanie michael michel michelle miguel mikhail monica monika nadia nancy natalia nathalie nicholas nicola
nicolas nicole nikolai nina norbert olga oliver olivier oscar oskar otto pablo paolo patricia patrick paula pauline pedro
peter petra philip philipp philippe pierre rachel raffaele ralf rebecca reinhard renate ricardo richard robert roberto roland
rolf ronald rosa rudolf ruth sabine samantha samuel sandra sara sarah sebastian sergei sergey sergio silke silvia simone
sofia sonja sophia sophie stefan stefanie stephan stephanie stephen steven susan susanne sven sylvia takashi tatiana teresa
theodor theresa thomas timothy tobias tomasz torsten ulrich ulrike ursula ute valentina vanessa vera verena veronika victoria
viktor vincent vincenzo virginia vladimir walter werner wilhelm william wolfgang yolanda yves yvonne
"""
GIVEN = frozenset(_NAMES.split())
