"""The control kit: what every explorer is, and the controls it is made of."""
